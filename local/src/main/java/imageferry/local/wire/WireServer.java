package imageferry.local.wire;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.local.http.Exchange;
import imageferry.local.http.HttpPort;
import imageferry.local.http.PortLimits;
import imageferry.local.machine.StateMachine;
import imageferry.local.machine.definition.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Answers the SDK's Step Functions and EventBridge clients on 127.0.0.1, one virtual thread per call. */
public final class WireServer implements AutoCloseable {
    /** Above the limit of any operation, and small enough for this JVM. */
    private static final int MOST_BYTES = 2 * 1_024 * 1_024;

    /** Its callers are this process's own functions, whose number is limited elsewhere. */
    private static final PortLimits LIMITS = PortLimits.of(1000, Duration.ZERO);

    private static final System.Logger LOG = System.getLogger(WireServer.class.getName());

    private final StepFunctionsCalls stepFunctions;
    private final EventBus bus;
    private final CallAccessCheck accessCheck;
    private final HttpPort port;

    private WireServer(int port, StateMachine executions, EventBus bus, CallAccessCheck accessCheck)
            throws IOException {
        this.stepFunctions = new StepFunctionsCalls(executions, accessCheck);
        this.bus = bus;
        this.accessCheck = accessCheck;
        var address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
        this.port = HttpPort.open(address, LIMITS, this::serve);
    }

    /**
     * Starts to serve.
     *
     * @param port 0 for any that is free
     * @throws IOException if the port cannot be used
     */
    public static WireServer start(int port, StateMachine executions, EventBus bus, CallAccessCheck accessCheck)
            throws IOException {
        return new WireServer(port, executions, bus, accessCheck);
    }

    /** Returns the endpoint for both services' clients. */
    public URI endpoint() {
        return port.uri();
    }

    private void serve(Exchange exchange) throws IOException {
        try {
            send(exchange, 200, Map.of(), answer(exchange));
        } catch (WireError error) {
            refuse(exchange, error);
        } catch (UncheckedIOException full) {
            // Answer 500 for a full disk, so that the client may try again. The data disk reports it once.
            refuse(exchange, new WireError(500, "InternalFailure", full.toString()));
        } catch (RuntimeException e) {
            // Answer 500, for example while the process closes, so that the client may try again.
            LOG.log(System.Logger.Level.WARNING, "A call failed", e);
            refuse(exchange, new WireError(500, "InternalFailure", e.toString()));
        }
    }

    private JsonNode answer(Exchange exchange) throws IOException {
        var body = exchange.body().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            throw new WireError(413, "RequestEntityTooLarge", "A body has at most " + MOST_BYTES + " bytes.");
        }
        var target = String.valueOf(exchange.header("X-Amz-Target"));
        var call = SignedCall.of(
                exchange.header("Authorization"),
                target.substring(target.lastIndexOf('.') + 1),
                new String(body, StandardCharsets.UTF_8));
        return switch (target.substring(0, Math.max(0, target.lastIndexOf('.')))) {
            case "AWSStepFunctions" -> stepFunctions.answer(call);
            case "AWSEvents" -> bus.answer(call, accessCheck);
            default -> throw new WireError("UnknownOperationException", target + " is not served in local mode.");
        };
    }

    private static void refuse(Exchange exchange, WireError error) throws IOException {
        send(
                exchange,
                error.status(),
                Map.of("x-amzn-ErrorType", List.of(error.shape())),
                Json.node(Map.of("__type", error.shape(), "message", error.text())));
    }

    private static void send(Exchange exchange, int status, Map<String, List<String>> headers, JsonNode body)
            throws IOException {
        var type = exchange.header("Content-Type");
        var all = new HashMap<>(headers);
        all.put("Content-Type", List.of(type == null ? "application/x-amz-json-1.0" : type));
        exchange.send(status, all, Json.write(body).getBytes(StandardCharsets.UTF_8));
    }

    /** Stops at once: the calling handlers have been stopped before. */
    @Override
    public void close() {
        port.close();
    }
}
