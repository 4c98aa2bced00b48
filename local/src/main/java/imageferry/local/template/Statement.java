package imageferry.local.template;

import java.util.List;

/** One statement of a role's policy with its resources resolved; {@code *} and {@code ?} in actions and resources are wildcards. */
public record Statement(boolean allows, List<String> actions, List<String> resources) {

    public Statement {
        actions = List.copyOf(actions);
        resources = List.copyOf(resources);
    }
}
