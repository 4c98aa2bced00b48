package imageferry.local.template;

import java.util.List;
import java.util.Map;

/**
 * One statement of a bucket's policy with its resources resolved. {@code *} and {@code ?} are wildcards, and
 * <code>${aws:PrincipalAccount}</code> stands for the caller's account.
 *
 * @param excludes whether it covers all resources but these
 * @param conditions the values by condition key, by operator
 */
public record BucketStatement(
        String sid,
        boolean allows,
        List<String> actions,
        List<String> resources,
        boolean excludes,
        Map<String, Map<String, List<String>>> conditions) {
    public BucketStatement {
        actions = List.copyOf(actions);
        resources = List.copyOf(resources);
        conditions = Map.copyOf(conditions);
    }
}
