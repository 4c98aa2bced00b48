package imageferry.local.cloud;

import imageferry.local.http.Exchange;
import imageferry.local.http.HttpPort;
import imageferry.local.http.PortLimits;
import imageferry.local.http.Refusal;
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
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All services at one address, which need not be loopback: the services themselves listen on loopback only, and a container
 * has its own. The target header of AWS's JSON protocols names the service; S3 has none.
 */
final class ServiceProxy implements AutoCloseable {
    /** Headers of one connection, so each side of the proxy has its own. */
    private static final Set<String> HOP_BY_HOP =
            Set.of("connection", "content-length", "expect", "host", "keep-alive", "transfer-encoding", "upgrade");

    /** The limits of the services behind it. */
    private static final PortLimits LIMITS = PortLimits.of(1000, Duration.ZERO);

    private final Endpoints services;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpPort port;

    private ServiceProxy(InetSocketAddress address, Endpoints services) throws IOException {
        this.services = services;
        this.port = HttpPort.open(address, LIMITS, this::pass);
    }

    /**
     * Serves at once.
     *
     * @param address port 0 for any that is free
     * @throws java.net.BindException if this machine does not have the address, or the port is in use
     */
    static ServiceProxy open(InetSocketAddress address, Endpoints services) throws IOException {
        return new ServiceProxy(address, services);
    }

    /** The endpoint for the clients of every service. */
    URI endpoint() {
        return port.uri();
    }

    private void pass(Exchange exchange) throws IOException {
        answer(exchange, sent(request(exchange)));
    }

    private HttpResponse<InputStream> sent(HttpRequest request) throws IOException {
        try {
            return client.send(request, BodyHandlers.ofInputStream());
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            throw new Refusal(503, "This address is being closed.", closing);
        } catch (IOException failed) {
            throw Refusal.ofClient(failed)
                    .orElseGet(() -> new Refusal(
                            502,
                            "The service behind this address was not reached, or closed the connection before its"
                                    + " answer: try again.",
                            failed));
        }
    }

    private HttpRequest request(Exchange exchange) throws Refusal {
        try {
            return readable(exchange);
        } catch (IllegalArgumentException unreadable) {
            throw new Refusal(
                    400,
                    "The path, the query, the method or a header has a character that is not allowed there:"
                            + " percent-encode it in the path and the query.",
                    unreadable);
        }
    }

    private HttpRequest readable(Exchange exchange) {
        var service = meantBy(exchange.header("X-Amz-Target"));
        var request = HttpRequest.newBuilder(URI.create(
                        service + exchange.path() + (exchange.query() == null ? "" : "?" + exchange.query())))
                .method(exchange.method(), body(exchange));
        exchange.headers().forEach((name, values) -> {
            if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.build();
    }

    private URI meantBy(@Nullable String target) {
        var service = target == null ? "" : target.substring(0, Math.max(0, target.indexOf('.')));
        return switch (service) {
            case "AWSStepFunctions" -> services.stepFunctions();
            case "AWSEvents" -> services.eventBridge();
            case String other when other.startsWith("DynamoDB") -> services.dynamoDb();
            default -> services.s3();
        };
    }

    private static BodyPublisher body(Exchange exchange) {
        var bytes = exchange.length();
        if (bytes == 0 || (bytes < 0 && exchange.header("Transfer-Encoding") == null)) {
            return BodyPublishers.noBody();
        }
        var stream = BodyPublishers.ofInputStream(exchange::body);
        return bytes < 0 ? stream : BodyPublishers.fromPublisher(stream, bytes);
    }

    private static void answer(Exchange exchange, HttpResponse<InputStream> response) throws IOException {
        var headers = new HashMap<>(response.headers().map());
        headers.keySet().removeIf(name -> HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT)));
        var chunked = response.headers().firstValue("Transfer-Encoding").isPresent();
        var length = response.headers().firstValueAsLong("Content-Length").orElse(chunked ? -1 : 0);
        try (var body = response.body()) {
            exchange.send(response.statusCode(), headers, length, body);
        }
    }

    /** Stops at once: its clients are other processes. */
    @Override
    public void close() {
        port.close();
        client.shutdownNow();
    }
}
