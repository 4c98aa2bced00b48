package imageferry.bench.wire;

import com.sun.net.httpserver.HttpExchange;
import imageferry.bench.server.LoopbackServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Proxy between a client and S3 that injects one fault, at the first opportunities. */
final class FaultyProxy implements AutoCloseable {
    /** Headers that the JDK's client sets itself. */
    private static final Set<String> OWN =
            Set.of("host", "content-length", "connection", "expect", "upgrade", "transfer-encoding");

    private final LoopbackServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI real;
    private final Fault fault;
    private final int times;
    private final AtomicInteger injected = new AtomicInteger();

    /** Fault to inject. */
    interface Fault {
        boolean isFor(Message message);

        /** Answers in place of S3. It may forward the message first, changed or unchanged. */
        Answer inject(Message message, Sender sender) throws IOException, InterruptedException;
    }

    /** Request to S3. */
    record Message(String method, String uri, Map<String, String> headers, String body) {
        boolean is(String wanted, String inUri) {
            return method.equals(wanted) && uri.contains(inUri);
        }

        Message with(String header, String value) {
            var changed = new HashMap<>(headers);
            changed.put(header, value);
            return new Message(method, uri, changed, body);
        }

        Message without(String header) {
            var changed = new HashMap<>(headers);
            changed.remove(header);
            return new Message(method, uri, changed, body);
        }
    }

    /**
     * Response of S3.
     *
     * @param status 0 to break the connection without a response
     */
    record Answer(int status, Map<String, String> headers, String body) {
        static final Answer NONE = new Answer(0, Map.of(), "");
    }

    /** Forwards a message to S3. */
    interface Sender {
        Answer send(Message message) throws IOException, InterruptedException;
    }

    FaultyProxy(URI real, Fault fault) throws IOException {
        this(real, fault, 1);
    }

    /** @param times the largest number of injections */
    FaultyProxy(URI real, Fault fault, int times) throws IOException {
        this.times = times;
        this.real = real;
        this.fault = fault;
        this.server = new LoopbackServer(this::handle);
    }

    URI endpoint() {
        return server.endpoint();
    }

    /** Returns how often the fault was injected. */
    int injected() {
        return injected.get();
    }

    private void handle(HttpExchange exchange) throws IOException, InterruptedException {
        var message = message(exchange);
        var answer = fault.isFor(message) && injected.getAndUpdate(count -> Math.min(times, count + 1)) < times
                ? fault.inject(message, this::send)
                : send(message);
        if (answer.status() > 0) {
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            var body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static Message message(HttpExchange exchange) throws IOException {
        var headers = new HashMap<String, String>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        return new Message(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                headers,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    private Answer send(Message message) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(real.resolve(message.uri()))
                .method(message.method(), HttpRequest.BodyPublishers.ofString(message.body()));
        message.headers().forEach((name, value) -> {
            if (!OWN.contains(name)) {
                request.header(name, value);
            }
        });
        var response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        var headers = new HashMap<String, String>();
        response.headers().map().forEach((name, values) -> {
            // A response to HEAD has only the length of its body.
            if (!OWN.contains(name.toLowerCase(Locale.ROOT)) || message.method().equals("HEAD")) {
                headers.put(name, values.getFirst());
            }
        });
        return new Answer(response.statusCode(), headers, response.body());
    }

    @Override
    public void close() {
        server.close();
        client.close();
    }
}
