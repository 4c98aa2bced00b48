package imageferry.local.store;

import java.util.Set;

/**
 * One permission that a request needs.
 *
 * @param leadingKeys the partition keys of the table's items that the request names
 */
record RequiredPermission(String action, String resourceArn, Set<String> leadingKeys) {
    RequiredPermission {
        leadingKeys = Set.copyOf(leadingKeys);
    }

    RequiredPermission(String action, String resourceArn) {
        this(action, resourceArn, Set.of());
    }
}
