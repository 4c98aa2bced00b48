package imageferry.bench.server;

import com.sun.net.httpserver.HttpExchange;
import imageferry.bench.store.SimulatedS3;
import imageferry.bench.store.SimulatedS3Exception;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Serves one simulated S3 on a free loopback port. Requests are path-style, and their signatures are not checked.
 */
public final class S3Server implements AutoCloseable {
    private final LoopbackServer server;
    private final S3Operations operations;

    public S3Server(SimulatedS3 s3) throws IOException {
        this.operations = new S3Operations(s3);
        this.server = new LoopbackServer(this::handle);
    }

    public URI endpoint() {
        return server.endpoint();
    }

    private void handle(HttpExchange exchange) throws IOException, InterruptedException {
        send(exchange, answer(exchange));
    }

    private S3Response answer(HttpExchange exchange) throws IOException, InterruptedException {
        try {
            return operations.answer(S3Request.of(exchange));
        } catch (SimulatedS3Exception e) {
            return S3Response.error(e.status(), e.code(), e.reason());
        } catch (IllegalArgumentException e) {
            return S3Response.error(400, "InvalidRequest", String.valueOf(e.getMessage()));
        }
    }

    private static void send(HttpExchange exchange, S3Response answer) throws IOException {
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
        server.close();
    }

    /** Environment variables with credentials that this server accepts. */
    public static Map<String, String> credentials() {
        return Map.of(
                "AWS_ACCESS_KEY_ID", "SIMULATED",
                "AWS_SECRET_ACCESS_KEY", "simulated",
                "AWS_REGION", "us-east-1",
                "AWS_DEFAULT_REGION", "us-east-1");
    }
}
