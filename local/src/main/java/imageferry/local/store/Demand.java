package imageferry.local.store;

import java.util.Set;

/**
 * One permission that a request needs.
 *
 * @param leadingKeys the partition keys of the table's items that the request names
 */
record Demand(String action, String resourceArn, Set<String> leadingKeys) {
    Demand {
        leadingKeys = Set.copyOf(leadingKeys);
    }

    Demand(String action, String resourceArn) {
        this(action, resourceArn, Set.of());
    }
}
