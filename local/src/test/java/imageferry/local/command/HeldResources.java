package imageferry.local.command;

import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.region.Region;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Everything that images and copies hold at one moment, and must give back when they end. */
final class HeldResources {
    private HeldResources() {}

    /** Names, quotas, slots, places in queues, locks, open tickets, tokens, objects and uploads, in words. */
    static List<String> of(InMemoryCloud cloud) {
        var ledger = cloud.ledger.contents().entrySet().stream()
                .map(entry -> held(entry.getKey(), entry.getValue()))
                .filter(Objects::nonNull);
        var objects = Stream.of(InMemoryCloud.HOME, InMemoryCloud.AWAY)
                .flatMap(region -> cloud.store.list(region, "snapshots/").stream())
                .map(stored -> "object " + stored.blob());
        var uploads = Stream.of(InMemoryCloud.HOME, InMemoryCloud.AWAY)
                .flatMap(region -> cloud.store.uploads(region, "").stream())
                .map(upload -> "upload " + upload.target());
        return Stream.of(ledger, objects, uploads)
                .flatMap(each -> each)
                .sorted()
                .toList();
    }

    private static String held(Key key, Item item) {
        return switch (key.sort()) {
            case "IMAGE" -> item.texts("copyingTo").isEmpty() ? null : key + " locked by " + item.texts("copyingTo");
            case "IMAGES" -> item.number("count") == 0 ? null : key + " counts " + item.number("count");
            case "SLOTS" -> item.map("holders").isEmpty() ? null : key + " held by " + item.map("holders");
            case "TICKET" -> item.text("state").equals("Open") ? key + " open" : null;
            case "COPY" -> item.has("wake") || item.has("unfinished") ? key + " goes on" : null;
            default -> key.partition().startsWith("NAME#") || key.sort().startsWith("WAIT#") ? key.toString() : null;
        };
    }

    /** Lets copies without records hold every slot of the region. */
    static void takeAllSlots(InMemoryCloud cloud, Region region) {
        var others = new HashMap<String, Object>();
        IntStream.range(0, 5).forEach(i -> others.put("c-" + (char) ('a' + i) + "a".repeat(16), "before"));
        cloud.ledger.put(RecordedGrants.slotsOf(region), Item.empty().with("holders", others));
    }

    /** Ends them. The next sweep grants the slots. */
    static void giveAllSlotsBack(InMemoryCloud cloud, Region region) {
        cloud.ledger.put(RecordedGrants.slotsOf(region), Item.empty().with("holders", Map.of()));
    }
}
