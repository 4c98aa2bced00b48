package imageferry.local.cloud;

import imageferry.local.lambda.LambdaService;
import imageferry.local.store.CreatedObject;
import imageferry.local.stream.EventPattern;
import imageferry.local.template.EventRule;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Passes the event of each created object to the functions with a matching rule. Events during the start wait for its end. */
final class Uploads {
    private final Map<EventRule, EventPattern> rules = new LinkedHashMap<>();
    private final Events events;
    private final CompletableFuture<LambdaService> lambda = new CompletableFuture<>();

    Uploads(Collection<EventRule> rules, Events events) {
        rules.forEach(rule -> this.rules.put(rule, EventPattern.of(rule.pattern())));
        this.events = events;
    }

    void created(CreatedObject created) {
        var event = events.objectCreated(created, Instant.now());
        rules.forEach((rule, pattern) -> {
            if (pattern.matches(event)) {
                var _ = lambda.thenAccept(functions -> functions.invokeLater(rule.function(), event));
            }
        });
    }

    void sendTo(LambdaService functions) {
        lambda.complete(functions);
    }
}
