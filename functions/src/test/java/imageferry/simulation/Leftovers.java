package imageferry.simulation;

import imageferry.ledger.Item;
import imageferry.snapshot.Blob;
import imageferry.snapshot.OpenUpload;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Forbids leftovers after the end: bytes, uploads, slots, locks, places in queues, tickets, tokens, names, quota. */
final class Leftovers {
    private final World world;
    private final Table table;
    private final Verdict verdict;

    Leftovers(World world) {
        this.world = world;
        this.table = world.table;
        this.verdict = world.verdict;
    }

    boolean allEnded() {
        return table.copies().stream().allMatch(Leftovers::ended)
                && world.workflows.running().isEmpty()
                && world.quiet();
    }

    private static boolean ended(Item copy) {
        return CopyRules.ENDED.contains(copy.text("status"));
    }

    String unended() {
        return table.copies().stream().filter(copy -> !ended(copy)).toList() + ", executions "
                + world.workflows.running() + ", invocations " + world.invocations.alive();
    }

    /** The end of each copy. */
    List<String> ends() {
        return table.copies().stream()
                .map(copy -> copy.text("status") + " " + reason(copy) + (resumes(copy) ? ", resumed" : ""))
                .toList();
    }

    private static String reason(Item copy) {
        return copy.nested("reason").map(reason -> reason.text("code")).orElse("copy");
    }

    /** Returns whether it continued the upload of the retried copy. */
    private boolean resumes(Item copy) {
        return copy.maybeText("retryOf")
                .flatMap(table::copy)
                .filter(former -> former.text("snapshotId").equals(copy.text("snapshotId")))
                .isPresent();
    }

    /**
     * Checks the conditions that must hold some minutes after the last action without a sweep. Returns false when one
     * is broken.
     */
    boolean checkWithoutSweeper() {
        table.copies()
                .forEach(copy -> verdict.require(
                        ended(copy) || copy.text("status").equals("PendingApproval"),
                        "A copy ends without the sweeper where nothing goes wrong",
                        () -> copy));
        checkBytes(remains());
        var resumable = table.copies().stream()
                .filter(copy -> copy.has("resumableUntil"))
                .map(copy -> copy.text("uploadId"))
                .collect(Collectors.toSet());
        uploads()
                .filter(upload -> !resumable.contains(upload.id().value()))
                .forEach(upload -> verdict.breaks("No orphan upload", upload));
        checkBooks();
        return verdict.broken().isEmpty();
    }

    boolean checkTheEnd(Users users) {
        checkBooks();
        checkBytes(Set.of());
        uploads().forEach(upload -> verdict.breaks("No orphan upload", upload));
        table.images().forEach(this::checkImage);
        table.copies().forEach(this::checkCopy);
        table.tickets()
                .forEach(ticket -> verdict.require(
                        !ticket.text("state").equals("Open"), "No ticket outlives its copy", () -> ticket));
        table.entries("REGION#", "WAIT#")
                .forEach(place -> verdict.breaks("No place in a queue outlives its copy", place));
        table.entries("REGION#", "SLOTS")
                .forEach(slots -> verdict.require(
                        slots.getValue().map("holders").isEmpty(), "No slot outlives its copy", () -> slots));
        checkCharges();
        verdict.require(
                world.neighbour.keepsItsBucket(), "A bucket keeps its first owner", () -> world.neighbour.region());
        new FailureRules(world, users).check();
        users.checkTheEnd();
        return verdict.broken().isEmpty();
    }

    private void checkBooks() {
        try {
            new RecordInvariants(table.items(), world.store).agreeButForCharges();
        } catch (AssertionError disagreement) {
            verdict.breaks("The books agree", disagreement.getMessage());
        }
    }

    /** The places of failed copies' snapshots, which the sweeper deletes. */
    private Set<String> remains() {
        return table.copies().stream()
                .filter(copy -> copy.text("status").equals("Failed"))
                .map(Leftovers::place)
                .collect(Collectors.toSet());
    }

    private static String place(Item record) {
        return record.text("region") + " " + Blob.SNAPSHOTS + record.text("snapshotId");
    }

    /** @param tolerated places that may have bytes although no image uses them */
    private void checkBytes(Set<String> tolerated) {
        var usable = table.images().stream()
                .filter(image -> Set.of("Available", "Deprecated", "Recycled").contains(image.text("status")))
                .map(Leftovers::place)
                .collect(Collectors.toCollection(TreeSet::new));
        var stored = new RecordInvariants(table.items(), world.store)
                .snapshots()
                .filter(place -> usable.contains(place) || !tolerated.contains(place))
                .collect(Collectors.toCollection(TreeSet::new));
        verdict.require(stored.equals(usable), "No orphan bytes", () -> stored + " instead of " + usable);
    }

    private Stream<OpenUpload> uploads() {
        return RecordInvariants.regions().flatMap(region -> world.store.uploads(region, "").stream());
    }

    private void checkImage(Item image) {
        verdict.require(
                !Set.of("Recycled", "Deleting").contains(image.text("status")), "Every deletion ends", () -> image);
        verdict.require(image.texts("copyingTo").isEmpty(), "No lock outlives its copy", () -> image);
    }

    private void checkCopy(Item copy) {
        verdict.require(!copy.has("wake"), "No token outlives its copy", () -> copy);
        verdict.require(!copy.has("resumableUntil"), "No upload is kept for ever", () -> copy);
        verdict.require(!copy.has("unfinished"), "The sweeper is done with every copy", () -> copy);
    }

    /**
     * The charge of a route is at most the bytes that arrived by it, and at least those that became images and were new
     * there.
     */
    private void checkCharges() {
        var charged = table.entries("USAGE#", "MOVED#")
                .collect(Collectors.groupingBy(
                        entry -> entry.getKey().sort().substring("MOVED#".length()),
                        TreeMap::new,
                        Collectors.summingLong(entry -> entry.getValue().number("bytes"))));
        var made = table.copies().stream()
                .filter(copy -> !copy.text("sourceRegion").equals(copy.text("region")))
                .collect(Collectors.groupingBy(
                        copy -> copy.text("sourceRegion") + "#" + copy.text("region"),
                        TreeMap::new,
                        Collectors.summingLong(Leftovers::made)));
        charged.forEach((route, bytes) -> verdict.require(
                bytes <= world.bytes.arrived(route) && bytes >= made.getOrDefault(route, 0L),
                "What is charged has arrived",
                () -> route + ": charged " + bytes + ", arrived " + world.bytes.arrived(route) + ", made " + made));
    }

    private static long made(Item copy) {
        var saved = copy.maybeNumber("bytesSaved").orElse(0L);
        return (copy.text("status").equals("Available") ? copy.number("bytesTotal") : 0) - saved;
    }
}
