package imageferry.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The attributes by which the indexes of lists find an entry. A write that changes the source of one of them changes it too.
 *
 * @param list names the list and its owner
 * @param order the entry's place by its creation; no two entries of a list share one
 */
public record ListKeys(
        String list,
        String region,
        String status,
        String order,
        @Nullable String family,
        @Nullable String name) {
    /** Returns the attributes of an entry without family and name. */
    public static ListKeys of(String list, Object region, Object status, String order) {
        return new ListKeys(list, region.toString(), status.toString(), order, null, null);
    }

    /** The item and these attributes. */
    public Item on(Item item) {
        return item.with(Index.LISTS.partitionAttribute(), list)
                .with(Index.LISTS_OF_STATUS.partitionAttribute(), joined(list, status))
                .with(Index.LISTS_OF_REGION.partitionAttribute(), joined(list, region))
                .with(Index.LISTS_OF_REGION_AND_STATUS.partitionAttribute(), joined(list, region, status))
                .with(Index.LISTS.sortAttribute(), order)
                .with(Index.LISTS_BY_FAMILY.sortAttribute(), family == null ? null : joined(family, order))
                .with(Index.LISTS_BY_NAME.sortAttribute(), name == null ? null : joined(name, order));
    }

    /** Sets a new status, and the attributes that depend on it; list and region are those of the entry. */
    public static List<Change> status(String list, Object region, Object status) {
        return List.of(
                Change.put("status", status),
                Change.put(Index.LISTS_OF_STATUS.partitionAttribute(), joined(list, status)),
                Change.put(Index.LISTS_OF_REGION_AND_STATUS.partitionAttribute(), joined(list, region, status)));
    }

    /** Sets all of these attributes. */
    public List<Change> changes() {
        var keys = on(Item.empty()).attributes();
        return keys.entrySet().stream()
                .map(key -> Change.put(key.getKey(), key.getValue()))
                .toList();
    }

    /** Sets a new status, and leaves the entry only in the lists of that status. */
    public static List<Change> onlyOfStatus(String list, Object region, Object status) {
        var changes = new ArrayList<>(status(list, region, status));
        changes.add(Change.remove(Index.LISTS.partitionAttribute()));
        changes.add(Change.remove(Index.LISTS_OF_REGION.partitionAttribute()));
        return changes;
    }

    /** The entry is on no list any more. */
    public static List<Change> removed() {
        return Stream.of(Index.LISTS, Index.LISTS_OF_STATUS, Index.LISTS_OF_REGION, Index.LISTS_OF_REGION_AND_STATUS)
                .map(index -> Change.remove(index.partitionAttribute()))
                .toList();
    }

    static String joined(Object... parts) {
        return Stream.of(parts).map(Object::toString).collect(Collectors.joining("#"));
    }
}
