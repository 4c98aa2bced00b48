package imageferry.local.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import imageferry.local.data.DataDisk;
import imageferry.local.template.FunctionSpec;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Asynchronous invocations. Each is retried as often as the template says and then written to the undelivered events. They wait
 * while the disk cannot be written, as the functions would fail for a reason that AWS does not have.
 */
final class AsyncInvocations implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final int AT_ONCE = 16;

    private final Semaphore turns = new Semaphore(AT_ONCE, true);
    private final LambdaService lambda;
    private final Undelivered undelivered;
    private final DataDisk disk;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("async-invocations").factory());

    AsyncInvocations(LambdaService lambda, Undelivered undelivered, DataDisk disk) {
        this.lambda = lambda;
        this.undelivered = undelivered;
        this.disk = disk;
    }

    void submit(FunctionSpec function, JsonNode event) {
        start(function, event, 1);
    }

    private void start(FunctionSpec function, JsonNode event, int attempt) {
        Thread.ofVirtual().name("async-" + function.logicalId()).start(() -> attempt(function, event, attempt));
    }

    private void attempt(FunctionSpec function, JsonNode event, int attempt) {
        if (disk.isWritable() && invoked(function, event) instanceof Answer.Returned) {
            return;
        }
        if (!disk.isWritable()) {
            again(() -> start(function, event, attempt), 1);
        } else if (attempt <= function.async().attempts()) {
            again(() -> start(function, event, attempt + 1), attempt);
        } else if (function.async().keepsUndelivered()) {
            keep(message(function, event, attempt));
        }
    }

    /** A burst of events waits here and not in the function, where the timeout would run. */
    private Answer invoked(FunctionSpec function, JsonNode event) {
        turns.acquireUninterruptibly();
        try {
            return lambda.invokeAndReport(function.logicalId(), bytes(event));
        } finally {
            turns.release();
        }
    }

    private void keep(JsonNode message) {
        try {
            undelivered.add(message);
        } catch (UncheckedIOException full) {
            disk.failed(full);
            again(() -> keep(message), 1);
        }
    }

    /** AWS waits one minute, then two; here a second stands for a minute. */
    private void again(Runnable next, int attempt) {
        try {
            var _ = clock.schedule(next, attempt, TimeUnit.SECONDS);
        } catch (RejectedExecutionException closing) {
            // The process ends. On AWS a lost queue loses such events, too; the sweeper makes up for them.
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
