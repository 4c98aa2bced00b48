package imageferry.local.lambda;

import imageferry.local.template.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Pattern;

/**
 * Decides, as IAM would, whether a function may make a request: its role must allow it, and a bucket's policy must not deny it. In
 * a role, a Deny wins over an Allow. Keys that are not of a function belong to a user of the machine and may do everything.
 */
public final class RoleCheck {
    /** A right that a function has used, or was refused. */
    public record Use(String function, String action, String resource) implements Comparable<Use> {
        @Override
        public int compareTo(Use other) {
            return toString().compareTo(other.toString());
        }
    }

    private record Rule(boolean allows, List<Pattern> actions, List<Pattern> resources, Set<String> leadingKeys) {
        static Rule of(Statement statement) {
            return new Rule(
                    statement.allows(),
                    statement.actions().stream()
                            .map(action -> Wildcards.pattern(action.toLowerCase(Locale.ROOT)))
                            .toList(),
                    statement.resources().stream().map(Wildcards::pattern).toList(),
                    statement.leadingKeys());
        }

        boolean covers(String action, String resource, Set<String> keys) {
            return actions.stream()
                            .anyMatch(one ->
                                    one.matcher(action.toLowerCase(Locale.ROOT)).matches())
                    && resources.stream().anyMatch(one -> one.matcher(resource).matches())
                    && (leadingKeys.isEmpty() || coversItems(keys));
        }

        /** A request that names no item is not covered; IAM's ForAllValues alone would let it through. */
        private boolean coversItems(Set<String> keys) {
            return !keys.isEmpty() && leadingKeys.containsAll(keys);
        }
    }

    private final BucketPolicies buckets;
    private final Map<String, List<Rule>> roles = new TreeMap<>();
    private final Set<Use> used = new ConcurrentSkipListSet<>();
    private final Set<Use> refused = new ConcurrentSkipListSet<>();

    /** @param statements of each role, by the logical id of the function or state machine that has it */
    public RoleCheck(Map<String, List<Statement>> statements) {
        this(statements, BucketPolicies.NONE);
    }

    /** @param buckets their policies are checked after the role */
    public RoleCheck(Map<String, List<Statement>> statements, BucketPolicies buckets) {
        this.buckets = buckets;
        statements.forEach(
                (owner, role) -> roles.put(owner, role.stream().map(Rule::of).toList()));
    }

    /** Returns the reason for a refusal, in one sentence; empty when the request is allowed. */
    public Optional<String> refusal(String accessKeyId, String action, String resource) {
        return refusal(accessKeyId, action, resource, Set.of());
    }

    /** @param leadingKeys the partition keys of the items in the request */
    public Optional<String> refusal(String accessKeyId, String action, String resource, Set<String> leadingKeys) {
        if (!accessKeyId.startsWith(Endpoints.KEY_PREFIX)) {
            return Optional.empty();
        }
        var function = accessKeyId.substring(Endpoints.KEY_PREFIX.length());
        var rules = roles.getOrDefault(function, List.of());
        var covering = rules.stream()
                .filter(rule -> rule.covers(action, resource, leadingKeys))
                .toList();
        if (covering.isEmpty() || !covering.stream().allMatch(Rule::allows)) {
            refused.add(new Use(function, action, resource));
            return Optional.of(function + "'s role does not allow " + action + " on " + resource);
        }
        var denied = buckets.refusal(function, action, resource);
        (denied.isEmpty() ? used : refused).add(new Use(function, action, resource));
        return denied;
    }

    /** Returns every right that was used and granted so far, sorted. */
    public Set<Use> used() {
        return new TreeSet<>(used);
    }

    /** Returns every right that a function was refused, sorted: each is missing in its role. */
    public Set<Use> refused() {
        return new TreeSet<>(refused);
    }
}
