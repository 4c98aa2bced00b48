package imageferry.local.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import imageferry.local.data.DataDisk;
import imageferry.local.gateway.GatewayResponse.Kind;
import imageferry.local.http.Exchange;
import imageferry.local.http.HttpPort;
import imageferry.local.http.PortLimits;
import imageferry.local.lambda.Answer;
import imageferry.local.template.ApiSpec;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;

/** The API of the template, served on the loopback address only. */
public final class Gateway implements AutoCloseable {
    /**
     * API Gateway allows 10 MiB, the functions 64 KiB. API Gateway refuses more with an answer of its own,
     * {@code {"message":"Request Too Long"}}. Here all bodies are held in one JVM.
     */
    static final int LARGEST_BODY = 1 << 20;

    /** Each occupies a thread for its function; others wait for their turn. */
    private static final PortLimits LIMITS = PortLimits.of(64, Duration.ofSeconds(1));

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private static final String CALLER = "X-Imageferry-Account";
    private static final System.Logger LOG = System.getLogger(Gateway.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RouteTable routes;
    private final GatewayResponse own;
    private final ApiSpec api;
    private final String account;
    private final BiFunction<String, byte[], Answer> invoke;
    private final DataDisk disk;
    private final HttpPort port;

    private Gateway(int port, ApiSpec api, String account, BiFunction<String, byte[], Answer> invoke, DataDisk disk)
            throws IOException {
        this.api = api;
        this.account = account;
        this.invoke = invoke;
        this.routes = new RouteTable(api.openApi());
        this.own = new GatewayResponse(api.openApi());
        this.disk = disk;
        var address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
        this.port = HttpPort.open(address, LIMITS, this::serve);
    }

    /**
     * Serves at once.
     *
     * @param port 0 for any free one
     * @param account of the stack, and of a caller without the header
     * @param invoke calls the function with this ARN
     * @param disk while it cannot be written, only reads are passed on
     * @throws java.net.BindException when the port is in use
     */
    public static Gateway start(
            int port, ApiSpec api, String account, BiFunction<String, byte[], Answer> invoke, DataDisk disk)
            throws IOException {
        return new Gateway(port, api, account, invoke, disk);
    }

    public URI uri() {
        return port.uri();
    }

    private void serve(Exchange exchange) throws IOException {
        var requestId = UUID.randomUUID().toString();
        var reply = answer(exchange, requestId);
        var headers = new LinkedHashMap<>(reply.headers());
        headers.put("x-amzn-RequestId", List.of(requestId));
        exchange.send(reply.status(), headers, reply.body());
    }

    private Reply answer(Exchange exchange, String requestId) throws IOException {
        try {
            return reply(exchange, requestId);
        } catch (IllegalArgumentException unreadable) {
            return own.of(Kind.BAD_REQUEST_PARAMETERS, requestId);
        } catch (RuntimeException defect) {
            LOG.log(Level.ERROR, exchange.method() + " " + exchange.path() + " could not be answered", defect);
            return own.of(Kind.INTEGRATION_FAILURE, requestId);
        }
    }

    private Reply reply(Exchange exchange, String requestId) throws IOException {
        if (!Loopback.isMeant(exchange.header("Host"), exchange.header("Origin"))) {
            return own.of(Kind.MISDIRECTED, requestId);
        }
        var caller = exchange.header(CALLER);
        if (caller != null && !caller.matches("[0-9]{12}")) {
            return own.of(Kind.INVALID_ACCOUNT, requestId);
        }
        var match = routes.find(exchange.method(), exchange.path());
        if (match.isEmpty()) {
            return new NoRoute(routes.all()).reply(exchange.method(), exchange.path(), requestId);
        }
        var body = exchange.length() > LARGEST_BODY ? null : exchange.body().readNBytes(LARGEST_BODY + 1);
        if (body == null || body.length > LARGEST_BODY) {
            return own.of(Kind.REQUEST_TOO_LARGE, requestId);
        }
        var refusal = READING.contains(exchange.method()) ? Optional.<String>empty() : disk.tried();
        if (refusal.isPresent()) {
            return own.of(Kind.INSUFFICIENT_STORAGE, refusal.get(), requestId);
        }
        var event = new ProxyEvent(account, api.stage(), caller == null ? account : caller, requestId, Instant.now())
                .of(
                        match.get(),
                        exchange.path(),
                        exchange.query(),
                        headers(exchange.headers()),
                        new String(body, StandardCharsets.UTF_8));
        return reply(invoke.apply(match.get().route().functionArn(), JSON.writeValueAsBytes(event)), requestId);
    }

    private Reply reply(Answer answer, String requestId) {
        return switch (answer) {
            case Answer.Returned returned -> proxied(returned.payload(), requestId);
            case Answer.Failed(String type, byte[] _)
            when type.equals("Sandbox.Timedout") -> own.of(Kind.INTEGRATION_TIMEOUT, requestId);
            case Answer.Failed _ -> own.of(Kind.INTEGRATION_FAILURE, requestId);
            case Answer.Refused(String name, String _) ->
                own.of(
                        name.equals("Lambda.RequestTooLargeException")
                                ? Kind.REQUEST_TOO_LARGE
                                : Kind.INTEGRATION_FAILURE,
                        requestId);
        };
    }

    /** An answer that is not a proxy answer is the function's defect, not the caller's. */
    private Reply proxied(byte[] payload, String requestId) {
        try {
            return Reply.ofProxy(JSON.readTree(payload)).orElseGet(() -> own.of(Kind.INTEGRATION_FAILURE, requestId));
        } catch (IOException | IllegalArgumentException broken) {
            return own.of(Kind.INTEGRATION_FAILURE, requestId);
        }
    }

    /** Clients may write {@code content-type}; API Gateway passes on {@code Content-Type}. */
    private static Map<String, List<String>> headers(Map<String, List<String>> requested) {
        var headers = new LinkedHashMap<String, List<String>>();
        requested.forEach((name, values) -> {
            var words = new StringBuilder();
            for (var word : name.split("-", -1)) {
                words.append(words.isEmpty() ? "" : "-");
                words.append(word.isEmpty() ? "" : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
            }
            headers.put(words.toString(), List.copyOf(values));
        });
        return headers;
    }

    /** Stops listening; requests that are being answered get one more second. */
    @Override
    public void close() {
        port.close();
    }
}
