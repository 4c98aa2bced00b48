package imageferry.local.command;

import imageferry.ledger.Change;
import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.ledger.Write;
import imageferry.region.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Every grant of a slot of one region, from the ledger's transactions. */
final class RecordedGrants implements ObservedLedger.Observer {
    /**
     * One grant.
     *
     * @param first the first copy of the queue just before
     * @param holders the number of copies with a slot just after
     */
    record Grant(String copy, String first, int holders) {}

    private final List<Grant> grants = new ArrayList<>();
    private final Key slots;

    RecordedGrants(Region region) {
        slots = slotsOf(region);
    }

    static Key slotsOf(Region region) {
        return new Key("REGION#" + region, "SLOTS");
    }

    synchronized List<Grant> all() {
        return List.copyOf(grants);
    }

    /** The copies that wait for a slot of the region, in the queue's order. */
    static List<String> queue(Map<Key, Item> ledger, Region region) {
        return ledger.entrySet().stream()
                .filter(entry -> entry.getKey().partition().equals("REGION#" + region))
                .filter(entry -> entry.getKey().sort().startsWith("WAIT#"))
                .map(entry -> entry.getValue().text("copyId"))
                .toList();
    }

    @Override
    public synchronized void done(List<Write> writes, Map<Key, Item> before) {
        for (var write : writes) {
            if (write instanceof Write.Update update && update.key().equals(slots)) {
                granted(update)
                        .forEach(copy -> grants.add(new Grant(
                                copy,
                                queue(before, new Region(slots.partition().substring("REGION#".length())))
                                        .getFirst(),
                                before.get(slots).map("holders").size() + 1)));
            }
        }
    }

    private static Stream<String> granted(Write.Update update) {
        return update.changes().stream()
                .filter(Change.PutEntry.class::isInstance)
                .map(Change.PutEntry.class::cast)
                .filter(entry -> entry.attribute().equals("holders"))
                .map(Change.PutEntry::key);
    }
}
