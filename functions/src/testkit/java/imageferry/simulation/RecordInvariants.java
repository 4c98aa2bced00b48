package imageferry.simulation;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.region.Region;
import imageferry.snapshot.Blob;
import imageferry.snapshot.InMemorySnapshotStore;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The whole table at one moment, and conditions on it. They always hold, even between two calls of a use case that died
 * there: every item agrees with every other.
 */
public record RecordInvariants(Map<Key, Item> items, InMemorySnapshotStore bytes) {
    private static final Set<String> LIVE = Set.of("PendingApproval", "Waiting", "Copying");
    private static final Set<String> DECIDED = Set.of("Cancelling", "Failing");

    /** Asserts every rule. The description names the broken one. */
    public void agree() {
        agreeButForCharges();
        movedBytesAreChargedOnce();
    }

    /** The same, if a worker that does not know of its copy's end yet may copy and count parts. */
    void agreeButForCharges() {
        namesBelongToImagesThatReserve();
        quotasCountImagesThatReserveAndCopiesThatRun();
        holdersAreTheCopiesThatWereGranted();
        theQueueHoldsTheWaitingCopies();
        sourcesAreLockedByTheirRunningCopies();
        openTicketsBelongToPendingCopies();
        countedBytesAreMovedOrToBeMoved();
        imagesFollowTheirCopies();
        countsAreTheNumbersOfItems();
        thePublicListHoldsThePublishedImages();
        listsAgreeWithTheirImages();
        availableImagesHaveTheirBytes();
    }

    private void namesBelongToImagesThatReserve() {
        var reserved = images().filter(image -> image.flag("reserves"))
                .map(image -> place(image) + "/" + image.text("name") + "=" + image.text("imageId"));
        var held = entries("NAME#", "")
                .map(entry -> entry.getKey().partition().substring("NAME#".length()) + "/"
                        + entry.getKey().sort() + "=" + entry.getValue().text("imageId"));
        assertThat(held)
                .as("names and the images that hold them")
                .containsExactlyInAnyOrderElementsOf(reserved.toList());
    }

    private void quotasCountImagesThatReserveAndCopiesThatRun() {
        assertThat(counted("count"))
                .as("quotas of images")
                .isEqualTo(places(images(), image -> image.flag("reserves")));
        assertThat(counted("running"))
                .as("quotas of running copies")
                .isEqualTo(places(copies(), copy -> !ended(copy) && !isReplaced(copy)));
        assertThat(counted("recycled"))
                .as("places in the bin")
                .isEqualTo(places(images(), RecordInvariants::isRecycled));
    }

    /** Returns whether an import of a later upload took over the copy's name and its place in the quotas. */
    private boolean isReplaced(Item copy) {
        var image = items.get(new Key("IMAGE#" + copy.text("imageId"), "IMAGE"));
        return decided(copy) && image != null && !image.flag("reserves");
    }

    private Map<String, Long> counted(String what) {
        var counted = new TreeMap<String, Long>();
        entries("QUOTA#", "IMAGES")
                .filter(entry -> entry.getValue().maybeNumber(what).orElse(0L) != 0)
                .forEach(entry -> counted.put(
                        entry.getKey().partition().substring("QUOTA#".length()),
                        entry.getValue().number(what)));
        return counted;
    }

    private static Map<String, Long> places(Stream<Item> items, Predicate<Item> counts) {
        return items.filter(counts).collect(groupingBy(RecordInvariants::place, TreeMap::new, summingLong(item -> 1)));
    }

    private void holdersAreTheCopiesThatWereGranted() {
        var granted = copies().filter(copy -> !ended(copy) && copy.map("steps").containsKey("Start Snapshot Copy"))
                .map(copy -> copy.text("region") + " " + copy.text("copyId"));
        var holders = entries("REGION#", "SLOTS")
                .flatMap(entry -> entry.getValue().map("holders").keySet().stream()
                        .map(copy -> entry.getKey().partition().substring("REGION#".length()) + " " + copy));
        assertThat(holders).as("holders of slots").containsExactlyInAnyOrderElementsOf(granted.toList());
        assertThat(copies().filter(copy -> copy.text("status").equals("Copying")))
                .as("Copying copies were granted")
                .allMatch(copy -> copy.map("steps").containsKey("Start Snapshot Copy"));
    }

    private void theQueueHoldsTheWaitingCopies() {
        var queue = entries("REGION#", "WAIT#")
                .map(entry -> entry.getKey().toString())
                .collect(toCollection(TreeSet::new));
        var waiting = copies().filter(copy -> copy.text("status").equals("Waiting"));
        assertThat(queue).as("the queue").containsAll(places(waiting));
        var atMost = copies().filter(copy -> copy.text("status").equals("Waiting") || decided(copy));
        assertThat(places(atMost)).as("copies that may be queued").containsAll(queue);
        var ofAccounts = entries("QUEUE#", "WAIT#")
                .map(entry -> new Key(
                        "REGION#" + entry.getKey().partition().split("#", -1)[1],
                        entry.getKey().sort()))
                .map(Key::toString);
        assertThat(ofAccounts).as("the queues of the accounts").containsExactlyInAnyOrderElementsOf(queue);
    }

    private static List<String> places(Stream<Item> copies) {
        return copies.filter(copy -> copy.has("queuedAt"))
                .map(copy -> new Key(
                                "REGION#" + copy.text("region"),
                                "WAIT#" + copy.text("queuedAt") + "#" + copy.text("copyId"))
                        .toString())
                .toList();
    }

    private void sourcesAreLockedByTheirRunningCopies() {
        var locks = images().flatMap(
                        image -> image.texts("copyingTo").stream().map(copy -> image.text("imageId") + " " + copy));
        var running = copies().filter(copy -> !ended(copy) && copy.has("sourceImageId"))
                .map(copy -> copy.text("sourceImageId") + " " + copy.text("copyId"));
        assertThat(locks).as("locks of sources").containsExactlyInAnyOrderElementsOf(running.toList());
    }

    private void openTicketsBelongToPendingCopies() {
        entries("TICKET#", "TICKET").map(Map.Entry::getValue).forEach(ticket -> {
            var copies = ticket.list("copyIds").stream().map(this::copy).toList();
            var open = ticket.text("state").equals("Open");
            assertThat(!open || copies.stream().anyMatch(copy -> isPending(copy) || decided(copy)))
                    .as("an Open ticket has a copy that waits for approval or is being cleaned up: " + copies)
                    .isTrue();
            assertThat(!open && copies.stream().anyMatch(RecordInvariants::isPending))
                    .as("a copy that waits for approval has no decided ticket: " + copies)
                    .isFalse();
        });
    }

    private static boolean isPending(Item copy) {
        return copy.text("status").equals("PendingApproval");
    }

    private void imagesFollowTheirCopies() {
        images().filter(image -> !image.text("status").equals("Deleting")).forEach(image -> {
            var copy = copy(image.text("copyId"));
            var allowed = switch (copy.text("status")) {
                case "PendingApproval", "Waiting" -> Set.of("Waiting");
                case "Copying" -> Set.of("Creating");
                case "Cancelling", "Failing" -> Set.of("Waiting", "Creating");
                case "Available" -> Set.of("Available", "Deprecated", "Recycled");
                case "Cancelled" -> Set.of("UnAvailable");
                default -> Set.of("CreateFailed");
            };
            assertThat(allowed).as(image + " of " + copy).contains(image.text("status"));
            assertThat(image.flag("reserves"))
                    .as("only an image that may become usable reserves its name: " + image)
                    .isEqualTo(
                            !Set.of("UnAvailable", "CreateFailed", "Recycled").contains(image.text("status"))
                                    && !isReplaced(copy));
        });
        assertThat(copies().filter(copy -> !ended(copy)))
                .as("unfinished copies are in the sweeper's index, and their image is there")
                .allMatch(copy ->
                        copy.has("unfinished") && items.containsKey(new Key("IMAGE#" + copy.text("imageId"), "IMAGE")));
    }

    private void countsAreTheNumbersOfItems() {
        var shares = entries("IMAGE#", "SHARE#")
                .collect(groupingBy(entry -> entry.getKey().partition(), TreeMap::new, summingLong(entry -> 1)));
        var instances = entries("INSTANCE#", "INSTANCE")
                .collect(groupingBy(entry -> "IMAGE#" + entry.getValue().text("imageId"), summingLong(entry -> 1)));
        images().filter(image -> !image.text("status").equals("Deleting")).forEach(image -> {
            var partition = "IMAGE#" + image.text("imageId");
            assertThat(image.number("shareCount")).as("shareCount").isEqualTo(shares.getOrDefault(partition, 0L));
            assertThat(image.number("instanceCount"))
                    .as("instanceCount")
                    .isEqualTo(instances.getOrDefault(partition, 0L));
        });
        assertThat(shares.keySet())
                .as("shared images exist")
                .allMatch(image -> items.containsKey(new Key(image, "IMAGE")));
    }

    private void thePublicListHoldsThePublishedImages() {
        var published = images().filter(image -> !image.text("publication").equals("PRIVATE"))
                .map(image -> image.text("imageId"));
        var listed = entries("IMAGE#", "PUBLIC").map(entry -> entry.getValue().text("imageId"));
        assertThat(listed).as("the public list").containsExactlyInAnyOrderElementsOf(published.toList());
    }

    /** Every fact about an image in a list equals the image's own. */
    private void listsAgreeWithTheirImages() {
        images().filter(image -> !image.text("status").equals("Deleting")).forEach(image -> {
            var published = !image.text("publication").equals("PRIVATE");
            if (isRecycled(image)) {
                assertInBin(image);
                return;
            }
            assertListed(image, image, "IMAGES#" + image.text("owner"), true);
            entriesOf(image, "SHARE#")
                    .forEach(share -> assertListed(share, image, "SHARED#" + share.text("account"), !published));
            entriesOf(image, "PUBLIC").forEach(entry -> assertListed(entry, image, "PUBLIC", published));
        });
        copies().forEach(copy -> assertThat(keys(copy))
                .as("the lists of " + copy)
                .isEqualTo(keys("COPIES#" + copy.text("owner"), copy)));
    }

    /** It is in the lists of its status, and its shares are in none. */
    private void assertInBin(Item image) {
        var list = "IMAGES#" + image.text("owner");
        var all = keys(list, image);
        assertThat(keys(image)).as("the lists of " + image).containsExactly(all.get(1), all.get(3));
        assertThat(image.text("origin")).as("the bin of " + image).isEqualTo("BIN#" + region(image));
        entriesOf(image, "SHARE#")
                .forEach(share ->
                        assertThat(keys(share)).as("the lists of " + share).isEmpty());
    }

    private static boolean isRecycled(Item image) {
        return image.text("status").equals("Recycled");
    }

    private Stream<Item> entriesOf(Item image, String sort) {
        return entries("IMAGE#" + image.text("imageId"), sort).map(Map.Entry::getValue);
    }

    private static void assertListed(Item entry, Item image, String list, boolean listed) {
        for (var fact :
                List.of("name", "description", "family", "tags", "status", "protected", "publication", "productCode")) {
            assertThat(entry.attributes().get(fact))
                    .as(fact + " in " + entry)
                    .isEqualTo(image.attributes().get(fact));
        }
        assertThat(keys(entry)).as("the lists of " + entry).isEqualTo(listed ? keys(list, image) : List.of());
        assertThat(entry.maybeText("nameOrder").isPresent()).isEqualTo(listed);
    }

    private static List<String> keys(Item entry) {
        return Stream.of("list", "listOfStatus", "listOfRegion", "listOfRegionAndStatus")
                .flatMap(key -> entry.maybeText(key).stream())
                .toList();
    }

    private static List<String> keys(String list, Item of) {
        var status = of.text("status");
        var region = of.text("region");
        return List.of(list, list + "#" + status, list + "#" + region, list + "#" + region + "#" + status);
    }

    /**
     * A copy that took over another's upload also counts the bytes that the other one moved, which no longer counts
     * them.
     */
    private void movedBytesAreChargedOnce() {
        var moved = copies().filter(copy -> ended(copy) && !copy.has("continuedBy"))
                .filter(copy -> !copy.text("region").equals(copy.text("sourceRegion")))
                .collect(groupingBy(
                        copy -> copy.text("owner") + " " + copy.text("sourceRegion") + "#" + copy.text("region"),
                        TreeMap::new,
                        summingLong(this::arrived)));
        copies().filter(copy -> !ended(copy) && copy.has("retryOf"))
                .filter(copy -> !copy.text("region").equals(copy.text("sourceRegion")))
                .forEach(copy -> moved.merge(
                        copy.text("owner") + " " + copy.text("sourceRegion") + "#" + copy.text("region"),
                        copy.maybeNumber("bytesCharged").orElse(0L),
                        Long::sum));
        copies().filter(copy -> copy.has("bytesSaved"))
                .forEach(copy -> moved.merge(
                        copy.text("owner") + " " + copy.text("sourceRegion") + "#" + copy.text("region"),
                        -copy.number("bytesSaved"),
                        Long::sum));
        var charged = entries("USAGE#", "MOVED#")
                .collect(groupingBy(
                        entry -> entry.getKey().partition().split("#", -1)[1] + " "
                                + entry.getKey().sort().substring("MOVED#".length()),
                        TreeMap::new,
                        summingLong(entry -> entry.getValue().number("bytes"))));
        moved.values().removeIf(bytes -> bytes == 0);
        charged.values().removeIf(bytes -> bytes == 0);
        assertThat(charged).as("bytes charged").isEqualTo(moved);
    }

    private void countedBytesAreMovedOrToBeMoved() {
        var expected = bytesByAccount("MOVED#");
        copies().filter(copy -> !ended(copy))
                .forEach(copy -> expected.merge(
                        copy.text("owner"), copy.maybeNumber("bytesCounted").orElse(0L), Long::sum));
        var counted = bytesByAccount("BUDGET");
        expected.values().removeIf(bytes -> bytes == 0);
        counted.values().removeIf(bytes -> bytes == 0);
        assertThat(counted).as("bytes of requests").isEqualTo(expected);
    }

    private Map<String, Long> bytesByAccount(String sort) {
        return entries("USAGE#", sort)
                .collect(groupingBy(
                        entry -> entry.getKey().partition().split("#", -1)[1],
                        TreeMap::new,
                        summingLong(entry -> entry.getValue().number("bytes"))));
    }

    private long arrived(Item copy) {
        return copy.text("status").equals("Available")
                ? copy.number("bytesTotal")
                : Math.max(
                        copy.maybeNumber("bytesCharged").orElse(0L),
                        entries("COPY#" + copy.text("copyId"), "PROGRESS")
                                .flatMap(entry -> entry.getValue().attributes().keySet().stream()
                                        .flatMap(batch -> batch.startsWith("batch ")
                                                ? entry.getValue().nested(batch).stream()
                                                : Stream.empty()))
                                .mapToLong(report -> report.number("bytes"))
                                .sum());
    }

    private void availableImagesHaveTheirBytes() {
        var stored = snapshots().collect(toSet());
        images().filter(image -> Set.of("Available", "Recycled").contains(image.text("status")))
                .forEach(image -> {
                    var blob = region(image) + " snapshots/" + image.text("snapshotId");
                    assertThat(stored).as("the bytes of " + image).contains(blob);
                });
        var meters = entries("USAGE#", "STORED#")
                .filter(entry -> !entry.getValue().has("to"))
                .map(entry -> entry.getKey().sort().substring("STORED#".length()));
        var kept = images().filter(
                        image -> Set.of("Available", "Deprecated", "Recycled").contains(image.text("status")))
                .map(image -> image.text("imageId"));
        assertThat(meters).as("metered storage").containsExactlyInAnyOrderElementsOf(kept.toList());
    }

    public Stream<String> snapshots() {
        return regions()
                .flatMap(region -> bytes.list(region, Blob.SNAPSHOTS).stream())
                .map(stored -> stored.blob().region() + " " + stored.blob().key());
    }

    public static Stream<Region> regions() {
        return Stream.of("us-east-1", "eu-west-1", "ap-south-1").map(Region::new);
    }

    private Item copy(String id) {
        return Objects.requireNonNull(items.get(new Key("COPY#" + id, "COPY")), () -> "copy " + id);
    }

    public Stream<Item> images() {
        return entries("IMAGE#", "IMAGE").map(Map.Entry::getValue);
    }

    public Stream<Item> copies() {
        return entries("COPY#", "COPY").map(Map.Entry::getValue);
    }

    public Stream<Map.Entry<Key, Item>> entries(String partition, String sort) {
        Predicate<Key> wanted =
                key -> key.partition().startsWith(partition) && key.sort().startsWith(sort);
        return items.entrySet().stream().filter(entry -> wanted.test(entry.getKey()));
    }

    private static boolean ended(Item copy) {
        return !LIVE.contains(copy.text("status")) && !decided(copy);
    }

    private static boolean decided(Item copy) {
        return DECIDED.contains(copy.text("status"));
    }

    public static String place(Item item) {
        return item.text("owner") + "#" + region(item);
    }

    private static String region(Item item) {
        return item.text("region");
    }
}
