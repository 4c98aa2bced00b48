package imageferry.ledger;

import java.util.Arrays;

/**
 * The table itself and its secondary indexes; only the table's own order is read consistently.
 *
 * <p>The indexes of lists are each combination of a list's selection (all, one status, one region, one status of one
 * region) and of its order (by creation, by family and then by creation, by name and then by creation). An item is in
 * an index when it has both attributes.
 */
public enum Index {
    TABLE("", "pk", "sk"),
    ORIGIN("Origin", "origin", "originOrder"),
    UNFINISHED("Unfinished", "unfinished", "changedAt"),
    LISTS("Lists", "list", "listOrder"),
    LISTS_BY_FAMILY("ListsByFamily", "list", "familyOrder"),
    LISTS_BY_NAME("ListsByName", "list", "nameOrder"),
    LISTS_OF_STATUS("ListsOfStatus", "listOfStatus", "listOrder"),
    LISTS_OF_STATUS_BY_FAMILY("ListsOfStatusByFamily", "listOfStatus", "familyOrder"),
    LISTS_OF_STATUS_BY_NAME("ListsOfStatusByName", "listOfStatus", "nameOrder"),
    LISTS_OF_REGION("ListsOfRegion", "listOfRegion", "listOrder"),
    LISTS_OF_REGION_BY_FAMILY("ListsOfRegionByFamily", "listOfRegion", "familyOrder"),
    LISTS_OF_REGION_BY_NAME("ListsOfRegionByName", "listOfRegion", "nameOrder"),
    LISTS_OF_REGION_AND_STATUS("ListsOfRegionAndStatus", "listOfRegionAndStatus", "listOrder"),
    LISTS_OF_REGION_AND_STATUS_BY_FAMILY("ListsOfRegionAndStatusByFamily", "listOfRegionAndStatus", "familyOrder"),
    LISTS_OF_REGION_AND_STATUS_BY_NAME("ListsOfRegionAndStatusByName", "listOfRegionAndStatus", "nameOrder");

    private final String indexName;
    private final String partitionAttribute;
    private final String sortAttribute;

    Index(String indexName, String partitionAttribute, String sortAttribute) {
        this.indexName = indexName;
        this.partitionAttribute = partitionAttribute;
        this.sortAttribute = sortAttribute;
    }

    static Index of(String partitionAttribute, String sortAttribute) {
        return Arrays.stream(values())
                .filter(index -> index.partitionAttribute.equals(partitionAttribute))
                .filter(index -> index.sortAttribute.equals(sortAttribute))
                .findFirst()
                .orElseThrow();
    }

    /** The index's name in the template; empty for the table itself. */
    public String indexName() {
        return indexName;
    }

    public String partitionAttribute() {
        return partitionAttribute;
    }

    public String sortAttribute() {
        return sortAttribute;
    }
}
