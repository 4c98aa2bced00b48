package imageferry.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A read of items that are stored side by side.
 *
 * @param index which order to read in
 * @param partition the value of the index's partition attribute
 * @param bounds only items whose sort value is within them
 * @param matching only items of which this holds; the others are examined all the same
 * @param newestFirst descending order of the sort value
 * @param limit at most this many items, 1–1,000
 * @param reads at most this many reads of the table, 1–10,000, each of at most 1 MB of items; a page may then have fewer items
 *     than the limit although there are more
 * @param start where an earlier page ended; null for the first page
 */
public record Query(
        Index index,
        String partition,
        Bounds bounds,
        Condition matching,
        boolean newestFirst,
        int limit,
        int reads,
        @Nullable Position start) {
    /** The order of sort values: that of their UTF-8 bytes. */
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
        if (start != null && !within(start, index, partition, bounds)) {
            throw new IllegalArgumentException("No page of this query of " + partition + " ended at " + start);
        }
    }

    /**
     * The sort values of a query.
     *
     * @param prefix they begin so; may be empty
     * @param before they are smaller than this; null for no such bound
     */
    public record Bounds(String prefix, @Nullable String before) {
        private static Bounds of(String prefix) {
            return new Bounds(prefix, null);
        }

        private boolean isEmpty() {
            return before != null && ORDER.compare(before, prefix) <= 0;
        }

        private boolean hold(String sortValue) {
            return sortValue.startsWith(prefix) && (before == null || ORDER.compare(sortValue, before) < 0);
        }
    }

    public String sortPrefix() {
        return bounds.prefix;
    }

    public Optional<String> before() {
        return Optional.ofNullable(bounds.before);
    }

    public Optional<Position> after() {
        return Optional.ofNullable(start);
    }

    /** Returns whether no item can be within the bounds. */
    public boolean isEmpty() {
        return bounds.isEmpty();
    }

    /** Returns whether an item with that sort value is within the bounds. */
    public boolean holds(String sortValue) {
        return bounds.hold(sortValue);
    }

    private static boolean within(Position position, Index index, String partition, Bounds bounds) {
        var own = index != Index.TABLE || position.key().equals(new Key(partition, position.sortValue()));
        return own && !position.sortValue().isEmpty() && bounds.hold(position.sortValue());
    }

    /** The place of one item in an index: its key and its sort value there. */
    public record Position(Key key, String sortValue) {}

    /** All items of one partition of the table, in ascending order. */
    public static Query partition(String partition, String sortPrefix, int limit) {
        return first(Index.TABLE, partition, Bounds.of(sortPrefix), limit);
    }

    public static Query newestFirst(Index index, String partition, int limit) {
        return ascending(index, partition, limit).inOrder(true);
    }

    /** A list in an index, smallest sort value first. */
    public static Query ascending(Index index, String partition, int limit) {
        return first(index, partition, Bounds.of(""), limit);
    }

    private static Query first(Index index, String partition, Bounds bounds, int limit) {
        return new Query(index, partition, bounds, Condition.always(), false, limit, MOST_READS, null);
    }

    public Query inOrder(boolean descending) {
        return new Query(index, partition, bounds, matching, descending, limit, reads, start);
    }

    public Query after(@Nullable Position position) {
        return new Query(index, partition, bounds, matching, newestFirst, limit, reads, position);
    }

    public Query before(String sortValue) {
        return within(new Bounds(bounds.prefix, sortValue));
    }

    public Query beginningWith(String prefix) {
        return within(new Bounds(prefix, bounds.before));
    }

    private Query within(Bounds others) {
        return new Query(index, partition, others, matching, newestFirst, limit, reads, start);
    }

    public Query matching(Condition condition) {
        return new Query(index, partition, bounds, condition, newestFirst, limit, reads, start);
    }

    public Query reads(int most) {
        return new Query(index, partition, bounds, matching, newestFirst, limit, most, start);
    }
}
