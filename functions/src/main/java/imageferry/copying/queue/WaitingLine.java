package imageferry.copying.queue;

import imageferry.account.AccountId;
import imageferry.copying.Copy;
import imageferry.id.CopyId;
import imageferry.ledger.Condition;
import imageferry.ledger.Index;
import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.ledger.Ledger;
import imageferry.ledger.Moments;
import imageferry.ledger.Page;
import imageferry.ledger.Query;
import imageferry.ledger.Write;
import imageferry.region.Region;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The copies that wait for a slot of a region. Each is recorded twice: in the line of all, and in the line of its account, so
 * that the first copy of each is one read away.
 */
record WaitingLine(Ledger ledger) {
    /** One page shows a line of at most this length; longer ones are looked at up to here. */
    static final int LONGEST_SHOWN = 1_000;

    /** The owner of copies that an earlier release queued; they are in the line of all alone. */
    private static final AccountId UNRECORDED = new AccountId("000000000000");

    private static final String PREFIX = "WAIT#";

    /**
     * A copy in a line, and how many bytes it is to move.
     *
     * @param place its sort value in both lines: the time since which it waits, and its id
     */
    record Waiting(CopyId copy, AccountId owner, long bytes, String place) {
        Turns.Head head() {
            return new Turns.Head(owner, place);
        }

        /** Returns whether its owner is recorded. */
        boolean isOwned() {
            return !owner.equals(UNRECORDED);
        }

        private static Waiting of(Item item) {
            return new Waiting(
                    new CopyId(item.text("copyId")),
                    item.maybeText("owner").map(AccountId::new).orElse(UNRECORDED),
                    item.maybeNumber("bytes").orElse(0L),
                    item.text(Index.TABLE.sortAttribute()));
        }
    }

    /** The next copies of all accounts, the one that waits longest first; the first 1,000. */
    List<Waiting> of(Region region) {
        return waiting(ledger.query(Query.partition(partition(region), PREFIX, LONGEST_SHOWN)));
    }

    Optional<Waiting> first(Region region) {
        return waiting(ledger.query(Query.partition(partition(region), PREFIX, 1))).stream()
                .findFirst();
    }

    /** Some copies of all accounts, from that place on. */
    List<Waiting> from(Region region, String place, int limit) {
        // A page begins after its position: after the time alone, which is before all copies of that time.
        var before = place.substring(0, place.lastIndexOf('#'));
        return waiting(ledger.query(Query.partition(partition(region), PREFIX, limit)
                .after(new Query.Position(new Key(partition(region), before), before))));
    }

    /** The first two copies of an account. */
    List<Waiting> firstTwo(Region region, AccountId owner) {
        return waiting(ledger.query(Query.partition(partition(region, owner), PREFIX, 2)));
    }

    private static List<Waiting> waiting(Page page) {
        return page.items().stream().map(Waiting::of).toList();
    }

    /** Returns the time since which the first copy waits; empty while none waits. */
    Optional<Instant> since(Region region) {
        return ledger.query(Query.partition(partition(region), PREFIX, 1)).items().stream()
                .flatMap(item -> item.maybeInstant("queuedAt").stream())
                .findFirst();
    }

    /** First come, first served within an account; a copy keeps its place however often it asks. */
    static List<Write> joined(Copy copy, Instant queuedAt) {
        var item = Item.empty()
                .with("copyId", copy.id())
                .with("owner", copy.owner())
                .with("bytes", copy.bytesTotal())
                .with("queuedAt", queuedAt);
        return keys(copy, queuedAt).stream()
                .<Write>map(key -> new Write.Put(key, item, Condition.always()))
                .toList();
    }

    static List<Write> left(Copy copy, Instant queuedAt) {
        return keys(copy, queuedAt).stream().map(Write::delete).toList();
    }

    static String place(Copy copy, Instant queuedAt) {
        return PREFIX + Moments.sortable(queuedAt) + "#" + copy.id();
    }

    private static List<Key> keys(Copy copy, Instant queuedAt) {
        var place = place(copy, queuedAt);
        return List.of(
                new Key(partition(copy.region()), place), new Key(partition(copy.region(), copy.owner()), place));
    }

    private static String partition(Region region) {
        return "REGION#" + region;
    }

    private static String partition(Region region, AccountId owner) {
        return "QUEUE#" + region + "#" + owner;
    }
}
