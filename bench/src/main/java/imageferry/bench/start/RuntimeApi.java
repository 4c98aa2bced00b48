package imageferry.bench.start;

import com.sun.net.httpserver.HttpExchange;
import imageferry.bench.server.LoopbackServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/** Lambda's runtime API for one sandbox. It delivers events, receives answers, and records the time of each. */
final class RuntimeApi implements AutoCloseable {
    private static final String INVOCATIONS = "/2018-06-01/runtime/invocation/";
    /** The longest timeout of a function. */
    private static final long LIFE_MILLIS = 900_000;

    private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
    private final CompletableFuture<Long> ready = new CompletableFuture<>();
    private final LoopbackServer server;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile Call running = new Call("");

    RuntimeApi() throws IOException {
        this.server = new LoopbackServer(this::handle);
    }

    /** Call of a function with one event; times are from {@link System#nanoTime}. */
    static final class Call {
        private final String event;
        private long handedOut;
        private final CompletableFuture<Answer> answer = new CompletableFuture<>();

        private Call(String event) {
            this.event = event;
        }

        long nanos() {
            return answer.join().at() - handedOut;
        }

        CompletableFuture<Answer> answer() {
            return answer;
        }
    }

    record Answer(long at, String text) {}

    /** Delivers the event to the function's next request for one. The previous call must have been answered. */
    Call call(String event) {
        var call = new Call(event);
        var _ = ended.whenComplete((never, failure) -> call.answer.completeExceptionally(failure));
        calls.add(call);
        return call;
    }

    /** Completes when the function first asks for an event, after its initialization. */
    CompletableFuture<Long> ready() {
        return ready;
    }

    String address() {
        return server.endpoint().getAuthority();
    }

    private void handle(HttpExchange exchange) throws IOException, InterruptedException {
        var now = System.nanoTime();
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var path = exchange.getRequestURI().getPath();
        if (path.equals(INVOCATIONS + "next")) {
            ready.complete(now);
            handOut(exchange);
        } else if (path.startsWith(INVOCATIONS) && path.endsWith("/response")) {
            running.answer.complete(new Answer(now, body));
            exchange.sendResponseHeaders(202, -1);
        } else {
            fail(new IllegalStateException("The function failed at " + path + ": " + body));
            exchange.sendResponseHeaders(202, -1);
        }
    }

    private void handOut(HttpExchange exchange) throws IOException, InterruptedException {
        var call = calls.take();
        var headers = exchange.getResponseHeaders();
        headers.set("Lambda-Runtime-Aws-Request-Id", UUID.randomUUID().toString());
        headers.set("Lambda-Runtime-Deadline-Ms", Long.toString(System.currentTimeMillis() + LIFE_MILLIS));
        headers.set("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:us-east-1:111111111111:function:imageferry");
        headers.set("Content-Type", "application/json");
        var event = call.event.getBytes(StandardCharsets.UTF_8);
        call.handedOut = System.nanoTime();
        running = call;
        exchange.sendResponseHeaders(200, event.length);
        exchange.getResponseBody().write(event);
    }

    /** Fails everything that waits for the function. */
    void gone() {
        fail(new IllegalStateException("The function's process has ended"));
    }

    private void fail(RuntimeException failure) {
        ready.completeExceptionally(failure);
        ended.completeExceptionally(failure);
    }

    @Override
    public void close() {
        server.close();
    }
}
