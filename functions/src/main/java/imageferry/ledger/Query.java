package imageferry.ledger;

import java.util.Optional;

/**
 * A read of items that lie side by side.
 *
 * @param index which order to read in
 * @param partition the value of the index's partition attribute
 * @param sortPrefix only items whose sort value begins so; may be empty
 * @param before only items whose sort value is smaller than this
 * @param newestFirst descending order of the sort value
 * @param limit at most this many items, 1–1,000
 * @param after where an earlier page ended
 */
public record Query(
        Index index,
        String partition,
        String sortPrefix,
        Optional<String> before,
        boolean newestFirst,
        int limit,
        Optional<Position> after) {

    /** The table itself and its secondary indexes; only the table's own order is read consistently. */
    public enum Index {
        TABLE("pk", "sk"),
        LISTS("list", "listOrder"),
        ORIGIN("origin", "originOrder"),
        UNFINISHED("unfinished", "changedAt");

        private final String partitionAttribute;
        private final String sortAttribute;

        Index(String partitionAttribute, String sortAttribute) {
            this.partitionAttribute = partitionAttribute;
            this.sortAttribute = sortAttribute;
        }

        public String partitionAttribute() {
            return partitionAttribute;
        }

        public String sortAttribute() {
            return sortAttribute;
        }
    }

    /** The place of one item in an index: its key and its sort value there. */
    public record Position(Key key, String sortValue) {}

    /** All items of one partition of the table, in ascending order. */
    public static Query partition(String partition, String sortPrefix, int limit) {
        return new Query(Index.TABLE, partition, sortPrefix, Optional.empty(), false, limit, Optional.empty());
    }

    /** A list in an index, newest first. */
    public static Query newestFirst(Index index, String partition, int limit) {
        return new Query(index, partition, "", Optional.empty(), true, limit, Optional.empty());
    }

    public Query after(Optional<Position> position) {
        return new Query(index, partition, sortPrefix, before, newestFirst, limit, position);
    }

    public Query before(String sortValue) {
        return new Query(index, partition, sortPrefix, Optional.of(sortValue), newestFirst, limit, after);
    }
}
