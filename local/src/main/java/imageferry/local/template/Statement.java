package imageferry.local.template;

import java.util.List;
import java.util.Set;

/**
 * One statement of a role's policy with its resources resolved; {@code *} and {@code ?} in actions and resources are wildcards.
 *
 * @param leadingKeys the partition keys of the items that it covers; empty for all items
 */
public record Statement(boolean allows, List<String> actions, List<String> resources, Set<String> leadingKeys) {
    public Statement {
        actions = List.copyOf(actions);
        resources = List.copyOf(resources);
        leadingKeys = Set.copyOf(leadingKeys);
    }

    public Statement(boolean allows, List<String> actions, List<String> resources) {
        this(allows, actions, resources, Set.of());
    }
}
