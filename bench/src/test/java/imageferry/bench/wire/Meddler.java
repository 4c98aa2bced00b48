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

/** Stands between a client and S3 and does one thing wrong, at the first occasions. */
final class Meddler implements AutoCloseable {
    /** The JDK's client sets these itself. */
    private static final Set<String> OWN =
            Set.of("host", "content-length", "connection", "expect", "upgrade", "transfer-encoding");

    private final LoopbackServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI real;
    private final Trick trick;
    private final int times;
    private final AtomicInteger played = new AtomicInteger();

    /** What goes wrong, and where. */
    interface Trick {
        boolean isFor(Message message);

        /** An answer in place of S3's; the message may be sent on before, as it is or changed. */
        Answer play(Message message, Sender sender) throws IOException, InterruptedException;
    }

    /** A request on its way. */
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
     * What comes back.
     *
     * @param status 0 when nothing does, and the connection breaks
     */
    record Answer(int status, Map<String, String> headers, String body) {
        static final Answer NONE = new Answer(0, Map.of(), "");
    }

    /** Sends a message on to S3. */
    interface Sender {
        Answer send(Message message) throws IOException, InterruptedException;
    }

    Meddler(URI real, Trick trick) throws IOException {
        this(real, trick, 1);
    }

    /** @param times how often the trick is played, if there are so many occasions */
    Meddler(URI real, Trick trick, int times) throws IOException {
        this.times = times;
        this.real = real;
        this.trick = trick;
        this.server = new LoopbackServer(this::handle);
    }

    URI endpoint() {
        return server.endpoint();
    }

    /** How often the trick was played. */
    int played() {
        return played.get();
    }

    private void handle(HttpExchange exchange) throws IOException, InterruptedException {
        var message = message(exchange);
        var answer = trick.isFor(message) && played.getAndUpdate(count -> Math.min(times, count + 1)) < times
                ? trick.play(message, this::send)
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
            // Of what a HEAD would bring, the length is all that there is.
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
