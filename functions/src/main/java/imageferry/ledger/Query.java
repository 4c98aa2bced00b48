package imageferry.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/**
 * A read of items that are stored side by side.
 *
 * @param index which order to read in
 * @param partition the value of the index's partition attribute
 * @param sortPrefix only items whose sort value begins so; may be empty
 * @param before only items whose sort value is smaller than this
 * @param matching only items of which this holds; the others are examined all the same
 * @param newestFirst descending order of the sort value
 * @param limit at most this many items, 1–1,000
 * @param reads at most this many reads of the table, 1–10,000, each of at most 1 MB of items; a page may then have fewer items
 *     than the limit although there are more
 * @param after where an earlier page ended
 */
public record Query(
        Index index,
        String partition,
        String sortPrefix,
        Optional<String> before,
        Condition matching,
        boolean newestFirst,
        int limit,
        int reads,
        Optional<Position> after) {
    /** How sort values follow each other: as their UTF-8 bytes do. */
    public static final Comparator<String> ORDER =
            (one, other) -> Arrays.compareUnsigned(one.getBytes(UTF_8), other.getBytes(UTF_8));

    private static final int MOST_READS = 10_000;

    /** @throws IllegalArgumentException when a number is out of range, or the position is not one of this query's */
    public Query {
        if (limit < 1 || limit > 1_000) {
            throw new IllegalArgumentException("A page has 1 to 1,000 items, not " + limit);
        }
        if (reads < 1 || reads > MOST_READS) {
            throw new IllegalArgumentException("A page takes 1 to 10,000 reads, not " + reads);
        }
        if (after.isPresent() && !within(after.get(), index, partition, sortPrefix, before)) {
            throw new IllegalArgumentException("No page of this query of " + partition + " ended at " + after.get());
        }
    }

    /** Whether no item at all can be within the bounds. */
    public boolean isEmpty() {
        return before.isPresent() && ORDER.compare(before.get(), sortPrefix) <= 0;
    }

    /** Whether an item with that sort value is within the bounds. */
    public boolean holds(String sortValue) {
        return holds(sortValue, sortPrefix, before);
    }

    private static boolean holds(String sortValue, String sortPrefix, Optional<String> before) {
        return sortValue.startsWith(sortPrefix) && (before.isEmpty() || ORDER.compare(sortValue, before.get()) < 0);
    }

    private static boolean within(
            Position position, Index index, String partition, String sortPrefix, Optional<String> before) {
        var own = index != Index.TABLE || position.key().equals(new Key(partition, position.sortValue()));
        return own && !position.sortValue().isEmpty() && holds(position.sortValue(), sortPrefix, before);
    }

    /** The place of one item in an index: its key and its sort value there. */
    public record Position(Key key, String sortValue) {}

    /** All items of one partition of the table, in ascending order. */
    public static Query partition(String partition, String sortPrefix, int limit) {
        return new Query(
                Index.TABLE,
                partition,
                sortPrefix,
                Optional.empty(),
                Condition.always(),
                false,
                limit,
                MOST_READS,
                Optional.empty());
    }

    /** A list in an index, newest first. */
    public static Query newestFirst(Index index, String partition, int limit) {
        return ascending(index, partition, limit).inOrder(true);
    }

    /** A list in an index, smallest sort value first. */
    public static Query ascending(Index index, String partition, int limit) {
        return new Query(
                index, partition, "", Optional.empty(), Condition.always(), false, limit, MOST_READS, Optional.empty());
    }

    public Query inOrder(boolean descending) {
        return new Query(index, partition, sortPrefix, before, matching, descending, limit, reads, after);
    }

    public Query after(Optional<Position> position) {
        return new Query(index, partition, sortPrefix, before, matching, newestFirst, limit, reads, position);
    }

    public Query before(String sortValue) {
        return new Query(
                index, partition, sortPrefix, Optional.of(sortValue), matching, newestFirst, limit, reads, after);
    }

    public Query beginningWith(String prefix) {
        return new Query(index, partition, prefix, before, matching, newestFirst, limit, reads, after);
    }

    public Query matching(Condition condition) {
        return new Query(index, partition, sortPrefix, before, condition, newestFirst, limit, reads, after);
    }

    public Query reads(int most) {
        return new Query(index, partition, sortPrefix, before, matching, newestFirst, limit, most, after);
    }
}
