package imageferry.local.command;

import imageferry.local.store.AccessCheck;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Makes functions fail or wait before their first call of an action. */
final class AccessFaults implements AccessCheck {
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final Map<String, Consumer<String>> before = new ConcurrentHashMap<>();
    private final Set<String> outstanding = ConcurrentHashMap.newKeySet();

    /** @param call as {@code ShareImageFunction dynamodb:PutItem}, or a prefix of it */
    void refuse(String call) {
        refused.add(call);
    }

    void allowAll() {
        refused.clear();
    }

    /** @param happening receives the resource's ARN, once */
    void before(String call, Consumer<String> happening) {
        outstanding.add(call);
        before.put(call, happening);
    }

    /** The calls whose action has not run to its end. */
    Set<String> outstanding() {
        return Set.copyOf(outstanding);
    }

    @Override
    public Optional<String> refusal(String accessKeyId, String action, String resourceArn, Set<String> leadingKeys) {
        var call = accessKeyId.replaceFirst("^LOCAL", "") + " " + action;
        var happening = before.remove(call);
        if (happening != null) {
            happening.accept(resourceArn);
            outstanding.remove(call);
        }
        return refused.stream().anyMatch(call::startsWith) ? Optional.of(call + " is hindered") : Optional.empty();
    }
}
