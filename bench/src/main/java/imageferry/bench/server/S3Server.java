package imageferry.bench.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import imageferry.bench.store.Refusal;
import imageferry.bench.store.SimulatedS3;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Serves one simulated S3 on a free loopback port, each request on a virtual thread of its own. Buckets are named in the
 * path, signatures are not looked at.
 */
public final class S3Server implements AutoCloseable {
    /** As many as may wait while two cores are busy with 1,280 streams that begin together. */
    private static final int BACKLOG = 4_096;

    static {
        // Read once by the JDK's server: without the first, each answer waits for the acknowledgement of its headers;
        // without the others, it closes the connections of streams that go on with their next part.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "100000");
        System.setProperty("sun.net.httpserver.idleInterval", "3600");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final S3Operations operations;

    public S3Server(SimulatedS3 s3) throws IOException {
        this.operations = new S3Operations(s3);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            send(exchange, answer(exchange));
        } catch (InterruptedException _) {
            // The server is being closed, and so is the connection.
            Thread.currentThread().interrupt();
        }
    }

    private S3Answer answer(HttpExchange exchange) throws IOException, InterruptedException {
        try {
            return operations.answer(S3Request.of(exchange));
        } catch (Refusal e) {
            return S3Answer.error(e.status(), e.code(), e.reason());
        } catch (IllegalArgumentException e) {
            return S3Answer.error(400, "InvalidRequest", String.valueOf(e.getMessage()));
        }
    }

    private static void send(HttpExchange exchange, S3Answer answer) throws IOException {
        var headers = exchange.getResponseHeaders();
        answer.headers().forEach(headers::set);
        headers.set("x-amz-request-id", "SIMULATED");
        var body = answer.body().getBytes(StandardCharsets.UTF_8);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        if (body.length > 0) {
            headers.set("Content-Type", "application/xml");
        }
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** Names that lead to this server in the environment of a tool. */
    public static Map<String, String> credentials() {
        return Map.of(
                "AWS_ACCESS_KEY_ID", "SIMULATED",
                "AWS_SECRET_ACCESS_KEY", "simulated",
                "AWS_REGION", "us-east-1",
                "AWS_DEFAULT_REGION", "us-east-1");
    }
}
