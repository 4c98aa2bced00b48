package imageferry.local.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import imageferry.local.machine.Executions;
import imageferry.local.machine.definition.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers the SDK's Step Functions and EventBridge clients on 127.0.0.1, one virtual thread per call. */
public final class WireServer implements AutoCloseable {

    /** Above any operation's own limit, and well below what could hurt. */
    private static final int MOST_BYTES = 2 * 1_024 * 1_024;

    private static final System.Logger LOG = System.getLogger(WireServer.class.getName());

    private final StepFunctionsCalls stepFunctions;
    private final EventBus bus;
    private final CallJudge judge;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private WireServer(HttpServer server, Executions executions, EventBus bus, CallJudge judge) {
        this.server = server;
        this.stepFunctions = new StepFunctionsCalls(executions, judge);
        this.bus = bus;
        this.judge = judge;
    }

    /**
     * Starts to serve.
     *
     * @param port 0 for any that is free
     * @throws IOException if the port cannot be had
     */
    public static WireServer start(int port, Executions executions, EventBus bus, CallJudge judge) throws IOException {
        var address = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
        var wire = new WireServer(HttpServer.create(address, 0), executions, bus, judge);
        wire.server.setExecutor(wire.threads);
        wire.server.createContext("/", wire::serve);
        wire.server.start();
        return wire;
    }

    /** The endpoint for both services' clients. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            try {
                send(exchange, 200, answer(exchange));
            } catch (WireError error) {
                refuse(exchange, error);
            } catch (RuntimeException e) {
                // Such as a disk that is full, or a process that closes: the client may try again.
                LOG.log(System.Logger.Level.WARNING, "A call failed", e);
                refuse(exchange, new WireError(500, "InternalFailure", e.toString()));
            }
        }
    }

    private JsonNode answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            throw new WireError(413, "RequestEntityTooLarge", "A body has at most " + MOST_BYTES + " bytes.");
        }
        String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
        var call = SignedCall.of(
                exchange.getRequestHeaders().getFirst("Authorization"),
                target.substring(target.lastIndexOf('.') + 1),
                new String(body, StandardCharsets.UTF_8));
        return switch (target.substring(0, Math.max(0, target.lastIndexOf('.')))) {
            case "AWSStepFunctions" -> stepFunctions.answer(call);
            case "AWSEvents" -> bus.answer(call, judge);
            default -> throw new WireError("UnknownOperationException", target + " is not served in local mode.");
        };
    }

    private static void refuse(HttpExchange exchange, WireError error) throws IOException {
        exchange.getResponseHeaders().set("x-amzn-ErrorType", error.shape());
        send(exchange, error.status(), Json.node(Map.of("__type", error.shape(), "message", error.text())));
    }

    private static void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
        byte[] bytes = Json.write(body).getBytes(StandardCharsets.UTF_8);
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        exchange.getResponseHeaders().set("Content-Type", type == null ? "application/x-amz-json-1.0" : type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** Stops at once: the handlers that call have been stopped before. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
