package imageferry.copying.ending;

import static java.util.stream.Collectors.toMap;

import imageferry.ledger.Condition;
import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.ledger.Ledger;
import imageferry.ledger.Query;
import imageferry.ledger.Write;
import imageferry.region.Region;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** When the sweeper last looked into the buckets, and what each look at a slice of the snapshots found. */
record Looks(Ledger ledger) {
    /** The time between two looks into a bucket: each twelfth sweep, since the schedule is not exact to the second. */
    static final Duration BETWEEN = Duration.ofMinutes(58);

    /** The time after which a look at a slice no longer counts for the fuse: the slices of a day are one look. */
    private static final Duration DAY = Duration.ofHours(Slice.COUNT);

    private static final String REGION = "REGION";
    private static final String SLICE = "SLICE#";
    private static final String NAME = "slice";
    private static final String AT = "at";
    private static final String SNAPSHOTS = "snapshots";
    private static final String FOUND = "found";

    /**
     * The result of a look at a slice.
     *
     * @param snapshots the number of snapshots
     * @param found the number of those that were orphans for the first time
     */
    record Seen(Instant at, long snapshots, long found) {}

    /** Returns whether the last complete look into the region's bucket is an hour ago. */
    boolean isDue(Region region, Instant now) {
        return ledger.read(new Key(partition(region), REGION))
                .filter(last -> last.instant(AT).plus(BETWEEN).isAfter(now))
                .isEmpty();
    }

    void looked(Region region, Instant now) {
        put(new Key(partition(region), REGION), Item.empty().with(AT, now));
    }

    /** The slices that were looked at, by their names. */
    Map<String, Seen> seen(Region region) {
        return ledger.query(Query.partition(partition(region), SLICE, Slice.COUNT + 1)).items().stream()
                .collect(toMap(
                        item -> item.text(NAME),
                        item -> new Seen(item.instant(AT), item.number(SNAPSHOTS), item.number(FOUND))));
    }

    void saw(Region region, Slice slice, Seen seen) {
        put(
                new Key(partition(region), SLICE + slice.name()),
                Item.empty()
                        .with(NAME, slice.name())
                        .with(AT, seen.at())
                        .with(SNAPSHOTS, seen.snapshots())
                        .with(FOUND, seen.found()));
    }

    /** The slice whose last look is the longest ago, or that was never looked at. */
    static Slice next(Map<String, Seen> seen) {
        return Slice.each().stream()
                .min(Comparator.comparing(slice -> at(seen, slice)))
                .orElseThrow();
    }

    private static Instant at(Map<String, Seen> seen, Slice slice) {
        var last = seen.get(slice.name());
        return last == null ? Instant.MIN : last.at();
    }

    /** The looks at the other slices within a day, which are one look together with this one. */
    static List<Seen> sameDay(Map<String, Seen> seen, Slice slice, Instant now) {
        if (slice.equals(Slice.ALL)) {
            return List.of();
        }
        return Slice.each().stream()
                .filter(other -> !other.equals(slice))
                .filter(other -> at(seen, other).isAfter(now.minus(DAY)))
                .map(other -> seen.get(other.name()))
                .toList();
    }

    private void put(Key key, Item item) {
        ledger.commit(List.of(new Write.Put(key, item, Condition.always())));
    }

    private static String partition(Region region) {
        return "SWEEP#" + region;
    }
}
