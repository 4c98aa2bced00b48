package imageferry.local.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import imageferry.local.template.FunctionSpec;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Events that nobody waits for: tried again as often as the template says, then kept among the undelivered. */
final class AsyncInvocations implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LambdaService lambda;
    private final Undelivered undelivered;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("async-invocations").factory());

    AsyncInvocations(LambdaService lambda, Undelivered undelivered) {
        this.lambda = lambda;
        this.undelivered = undelivered;
    }

    void submit(FunctionSpec function, JsonNode event) {
        start(function, event, 1);
    }

    private void start(FunctionSpec function, JsonNode event, int attempt) {
        Thread.ofVirtual().name("async-" + function.logicalId()).start(() -> attempt(function, event, attempt));
    }

    private void attempt(FunctionSpec function, JsonNode event, int attempt) {
        var answer = lambda.invokeAndReport(function.logicalId(), bytes(event));
        if (answer instanceof Answer.Returned) {
            return;
        }
        if (attempt <= function.async().attempts()) {
            again(() -> start(function, event, attempt + 1), attempt);
        } else if (function.async().keepsUndelivered()) {
            undelivered.add(message(function, event, attempt));
        }
    }

    /** AWS waits one minute, then two; here a second stands for a minute. */
    private void again(Runnable next, int attempt) {
        try {
            var _ = clock.schedule(next, attempt, TimeUnit.SECONDS);
        } catch (RejectedExecutionException closing) {
            // The process ends; such events are lost on AWS, too, when a queue is, and the sweeper is the guarantee.
            return;
        }
    }

    private static JsonNode message(FunctionSpec function, JsonNode event, int attempts) {
        var message = JSON.createObjectNode()
                .put("version", "1.0")
                .put("timestamp", Instant.now().toString());
        message.putObject("requestContext")
                .put("functionArn", function.arn() + ":$LATEST")
                .put("condition", "RetriesExhausted")
                .put("approximateInvokeCount", attempts);
        return message.set("requestPayload", event);
    }

    private static byte[] bytes(JsonNode event) {
        try {
            return JSON.writeValueAsBytes(event);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
