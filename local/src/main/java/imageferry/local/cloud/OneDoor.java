package imageferry.local.cloud;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import imageferry.local.lambda.Endpoints;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * All services at one address, which need not be loopback: what stands behind it listens there only, and a container has
 * a loopback of its own. The header that AWS's JSON protocols carry says which service is meant; S3 has none.
 */
final class OneDoor implements AutoCloseable {

    /** Of one connection, so each side of the door has its own. */
    private static final Set<String> HOP_BY_HOP =
            Set.of("connection", "content-length", "expect", "host", "keep-alive", "transfer-encoding", "upgrade");

    // What the JDK's server takes a body's length of 0 and of -1 for.
    private static final long UNKNOWN = 0;
    private static final long NOTHING = -1;

    private final Endpoints services;
    private final HttpServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private OneDoor(HttpServer server, Endpoints services) {
        this.server = server;
        this.services = services;
    }

    /**
     * Serves at once.
     *
     * @param address port 0 for any that is free
     * @throws java.net.BindException if this machine does not have the address, or the port is in use
     */
    static OneDoor open(InetSocketAddress address, Endpoints services) throws IOException {
        var door = new OneDoor(HttpServer.create(address, 0), services);
        door.server.setExecutor(door.threads);
        door.server.createContext("/", door::pass);
        door.server.start();
        return door;
    }

    /** The endpoint for the clients of every service. */
    URI endpoint() {
        InetSocketAddress address = server.getAddress();
        return URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort());
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            answer(exchange, client.send(request(exchange), BodyHandlers.ofInputStream()));
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpRequest request(HttpExchange exchange) {
        URI uri = exchange.getRequestURI();
        URI service = meantBy(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
        var request = HttpRequest.newBuilder(URI.create(
                        service + uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery())))
                .method(exchange.getRequestMethod(), body(exchange));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.build();
    }

    private URI meantBy(@Nullable String target) {
        String service = target == null ? "" : target.substring(0, Math.max(0, target.indexOf('.')));
        return switch (service) {
            case "AWSStepFunctions" -> services.stepFunctions();
            case "AWSEvents" -> services.eventBridge();
            case String other when other.startsWith("DynamoDB") -> services.dynamoDb();
            default -> services.s3();
        };
    }

    private static BodyPublisher body(HttpExchange exchange) {
        String length = exchange.getRequestHeaders().getFirst("Content-Length");
        long bytes = length == null ? -1 : Long.parseLong(length);
        if (bytes == 0 || (bytes < 0 && !exchange.getRequestHeaders().containsKey("Transfer-Encoding"))) {
            return BodyPublishers.noBody();
        }
        BodyPublisher stream = BodyPublishers.ofInputStream(exchange::getRequestBody);
        return bytes < 0 ? stream : BodyPublishers.fromPublisher(stream, bytes);
    }

    private static void answer(HttpExchange exchange, HttpResponse<InputStream> response) throws IOException {
        response.headers().map().forEach((name, values) -> {
            if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        var length = response.headers().firstValueAsLong("Content-Length");
        try (InputStream body = response.body()) {
            if (exchange.getRequestMethod().equals("HEAD")) {
                // The length of what is not sent, which is what a HEAD is for.
                length.ifPresent(bytes -> exchange.getResponseHeaders().set("Content-Length", Long.toString(bytes)));
                exchange.sendResponseHeaders(response.statusCode(), NOTHING);
            } else {
                boolean chunked =
                        response.headers().firstValue("Transfer-Encoding").isPresent();
                long bytes = chunked ? UNKNOWN : length.orElse(0) > 0 ? length.getAsLong() : NOTHING;
                exchange.sendResponseHeaders(response.statusCode(), bytes);
                body.transferTo(exchange.getResponseBody());
            }
        }
    }

    /** Stops at once: who calls through it is not of this process. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        client.shutdownNow();
    }
}
