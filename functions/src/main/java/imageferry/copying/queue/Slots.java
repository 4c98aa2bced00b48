package imageferry.copying.queue;

import static imageferry.ledger.Condition.all;

import imageferry.copying.Copy;
import imageferry.copying.Throughput;
import imageferry.id.CopyId;
import imageferry.ledger.Change;
import imageferry.ledger.Condition;
import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.ledger.Ledger;
import imageferry.ledger.Moments;
import imageferry.ledger.Query;
import imageferry.ledger.Write;
import imageferry.region.Region;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The slots of each region and the queue before them. A slot is held by name, so their number is counted, never kept,
 * and a slot given back twice is given back once.
 */
public final class Slots {
    private static final String WAITING = "WAIT#";
    /** One page shows a queue of at most this length; longer ones are looked at up to here. */
    private static final int LONGEST_SHOWN = 1_000;

    private final Ledger ledger;

    public Slots(Ledger ledger) {
        this.ledger = ledger;
    }

    /** The copies that move bytes into the region now. */
    public Set<CopyId> holders(Region region) {
        return use(region).holders();
    }

    public Use use(Region region) {
        var item = ledger.read(key(region)).orElse(Item.empty());
        return new Use(
                item.map("holders").keySet().stream().map(CopyId::new).collect(Collectors.toUnmodifiableSet()),
                item.nested("pace").map(Throughput::of).orElse(null),
                item);
    }

    /** Returns whether the region's item exists; it is made by the first copy that asks for a slot. */
    public boolean known(Region region) {
        return ledger.read(key(region)).isPresent();
    }

    /** Makes the region's item where it is missing. */
    void make(Region region) {
        ledger.commit(List.of(
                Write.create(key(region), Item.empty().with("holders", new LinkedHashMap<String, Object>()))));
    }

    /** Returns the number of copies that wait for a slot, up to 1,000. */
    public int waiting(Region region) {
        return line(region).size();
    }

    /** The copies that wait for a slot, the next one first; the first 1,000 of them. */
    List<Waiting> line(Region region) {
        return ledger.query(Query.partition(partition(region), WAITING, LONGEST_SHOWN)).items().stream()
                .map(item -> new Waiting(
                        new CopyId(item.text("copyId")),
                        item.maybeNumber("bytes").orElse(0L)))
                .toList();
    }

    /** Returns the time since which the longest-held slot is held; empty while none is held. */
    public Optional<Instant> heldSince(Region region) {
        return ledger.read(key(region)).map(item -> item.map("holders")).orElse(Map.of()).values().stream()
                .map(since -> Instant.parse(since.toString()))
                .min(Comparator.naturalOrder());
    }

    /** Returns the time since which the next copy waits for a slot; empty while none waits. */
    public Optional<Instant> waitingSince(Region region) {
        return ledger.query(Query.partition(partition(region), WAITING, 1)).items().stream()
                .flatMap(item -> item.maybeInstant("queuedAt").stream())
                .findFirst();
    }

    Optional<CopyId> first(Region region) {
        return ledger.query(Query.partition(partition(region), WAITING, 1)).items().stream()
                .map(item -> new CopyId(item.text("copyId")))
                .findFirst();
    }

    /** Rule 6: a region never runs more copies at once than the limit allows. */
    static Write taken(Copy copy, long limit, Instant now) {
        return Write.update(
                key(copy.region()),
                all(
                        new Condition.FewerEntriesThan("holders", limit),
                        new Condition.LacksEntry("holders", copy.id().value())),
                Change.putEntry("holders", copy.id(), now));
    }

    public static Write released(Copy copy) {
        return Write.update(key(copy.region()), Condition.exists(), Change.removeEntry("holders", copy.id()));
    }

    /**
     * Returns the slot, and notes the throughput of the copy. If two copies from one region end at once, the later write wins; for a
     * moving average that is fine.
     *
     * @param use of the region until now
     * @param throughput of the copy in its slot
     * @param stream how fast one of its streams moved bytes from its source; null when unknown
     */
    public static Write released(Copy copy, Use use, Throughput throughput, @Nullable Throughput stream) {
        var source = copy.source().region();
        var changes = new ArrayList<Change>(List.of(
                Change.removeEntry("holders", copy.id()),
                Change.put("pace", throughput.after(use.throughput()).item())));
        if (stream != null) {
            var faded = stream.after(use.stream(source).orElse(null));
            changes.add(Change.put(streamFrom(source), faded.item()));
        }
        return Write.update(key(copy.region()), Condition.exists(), changes.toArray(Change[]::new));
    }

    /** Rule 6: first come, first served; a copy keeps its place however often it asks. */
    static Write queued(Copy copy, Instant queuedAt) {
        return new Write.Put(
                waitingKey(copy, queuedAt),
                Item.empty()
                        .with("copyId", copy.id())
                        .with("bytes", copy.bytesTotal())
                        .with("queuedAt", queuedAt),
                Condition.always());
    }

    public static Write dequeued(Copy copy, Instant queuedAt) {
        return Write.delete(waitingKey(copy, queuedAt));
    }

    private static String streamFrom(Region source) {
        return "stream from " + source;
    }

    private static Key key(Region region) {
        return new Key(partition(region), "SLOTS");
    }

    private static Key waitingKey(Copy copy, Instant queuedAt) {
        return new Key(partition(copy.region()), WAITING + Moments.sortable(queuedAt) + "#" + copy.id());
    }

    private static String partition(Region region) {
        return "REGION#" + region;
    }

    /**
     * The use of a region's slots.
     *
     * @param holders the copies that move bytes into it now
     * @param throughput how fast a slot carries bytes; null until the first copy ended there
     * @param item the region's own, where {@link #stream} finds the throughputs of the routes
     */
    public record Use(Set<CopyId> holders, @Nullable Throughput throughput, Item item) {
        /** Returns the throughput of one stream from that region; empty until the first copy from there ended. */
        public Optional<Throughput> stream(Region source) {
            return item.nested(streamFrom(source)).map(Throughput::of);
        }
    }

    /** A copy in a queue, and how many bytes it is to move. */
    record Waiting(CopyId copy, long bytes) {}
}
