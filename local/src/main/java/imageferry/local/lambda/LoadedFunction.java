package imageferry.local.lambda;

import imageferry.local.template.FunctionSpec;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One function: its handler, constructed at the first call, and its invocations. */
final class LoadedFunction implements AutoCloseable {
    /** Lambda's limit for the request and the response of a synchronous call, in bytes. */
    private static final int LARGEST_PAYLOAD = 6 << 20;

    private final FunctionSpec function;
    private final Map<String, String> environment;
    private final ClassLoader classes;
    private final Construction construction;
    private final ExecutorService threads;
    private final FunctionLog log;
    private final Semaphore concurrency;
    private final Object construct = new Object();
    private volatile @Nullable Handler handler;

    LoadedFunction(
            FunctionSpec function,
            Map<String, String> environment,
            ClassLoader classes,
            Construction construction,
            ExecutorService threads,
            FunctionLog log) {
        this.function = function;
        this.environment = environment;
        this.classes = classes;
        this.construction = construction;
        this.threads = threads;
        this.log = log;
        this.concurrency = new Semaphore(function.reservedConcurrency());
    }

    FunctionSpec spec() {
        return function;
    }

    void failed(Answer.Failed answer) {
        log.failed(FunctionErrors.sentence(answer));
    }

    /**
     * Runs the handler and waits for at most the function's timeout. After it, interrupts the handler and answers
     * {@code Sandbox.Timedout}.
     */
    Answer invoke(byte[] event) {
        if (event.length > LARGEST_PAYLOAD) {
            return new Answer.Refused(
                    "Lambda.RequestTooLargeException", event.length + " bytes exceed the 6 MB that Lambda takes.");
        }
        if (!concurrency.tryAcquire()) {
            return new Answer.Refused("Lambda.TooManyRequestsException", "Rate Exceeded.");
        }
        var requestId = UUID.randomUUID().toString();
        var outcome = new CompletableFuture<Answer>();
        Future<?> running;
        try {
            running = threads.submit(() -> {
                try {
                    outcome.complete(run(event, requestId));
                } finally {
                    concurrency.release();
                }
            });
        } catch (RejectedExecutionException closing) {
            concurrency.release();
            return new Answer.Refused("Lambda.ServiceException", "The local service is stopping.");
        }
        var timedOut = FunctionErrors.timedOut(requestId, function.timeout());
        outcome.completeOnTimeout(timedOut, function.timeout().toMillis(), TimeUnit.MILLISECONDS);
        return await(outcome, running, timedOut);
    }

    private Answer await(CompletableFuture<Answer> outcome, Future<?> running, Answer.Failed timedOut) {
        try {
            var answer = outcome.get();
            if (answer.equals(timedOut)) {
                running.cancel(true);
                // As on AWS, the next call starts in a fresh sandbox.
                handler = null;
                log.log("Task timed out after " + function.timeout().toSeconds() + " seconds");
            }
            return answer;
        } catch (InterruptedException callerGone) {
            Thread.currentThread().interrupt();
            return new Answer.Refused("Lambda.SdkClientException", "The caller stopped waiting.");
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible.getCause());
        }
    }

    private Answer run(byte[] event, String requestId) {
        Thread.currentThread().setContextClassLoader(classes);
        HandlerOutput.belongsTo(log);
        var began = System.nanoTime();
        log.log("START RequestId: " + requestId);
        try {
            var made = constructed();
            var context = new InvocationContext(function, requestId, log, function.timeout());
            var answer = made.handle(event, context);
            return answer.length > LARGEST_PAYLOAD
                    ? FunctionErrors.named(
                            "Function.ResponseSizeTooLarge",
                            "Response payload size exceeded maximum allowed payload size (6291556 bytes).")
                    : new Answer.Returned(answer);
        } catch (Throwable thrown) {
            log.log(FunctionErrors.stackTrace(thrown));
            return FunctionErrors.thrown(thrown);
        } finally {
            log.log("END RequestId: " + requestId + " Duration: "
                    + Duration.ofNanos(System.nanoTime() - began).toMillis() + " ms");
            HandlerOutput.belongsTo(null);
        }
    }

    private Handler constructed() throws Exception {
        var made = handler;
        if (made != null) {
            return made;
        }
        synchronized (construct) {
            made = handler;
            if (made == null) {
                made = Handler.of(construction.under(environment, this::construct), classes);
                handler = made;
            }
            return made;
        }
    }

    private Object construct() throws Exception {
        try {
            return Class.forName(function.handlerClass(), true, classes)
                    .getConstructor()
                    .newInstance();
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause() instanceof Exception cause ? cause : thrown;
        }
    }

    @Override
    public void close() {
        log.close();
    }
}
