package imageferry.local.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import imageferry.local.gateway.GatewayResponse.Kind;
import imageferry.local.lambda.Answer;
import imageferry.local.template.ApiSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;

/** The API of the template, served on the loopback address only. */
public final class Gateway implements AutoCloseable {
    /** What API Gateway takes. */
    private static final int LARGEST_BODY = 10 << 20;

    private static final String CALLER = "X-Imageferry-Account";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Routes routes;
    private final GatewayResponse own;
    private final ApiSpec api;
    private final String account;
    private final BiFunction<String, byte[], Answer> invoke;

    private Gateway(HttpServer server, ApiSpec api, String account, BiFunction<String, byte[], Answer> invoke) {
        this.server = server;
        this.api = api;
        this.account = account;
        this.invoke = invoke;
        this.routes = new Routes(api.openApi());
        this.own = new GatewayResponse(api.openApi());
    }

    /**
     * Serves at once.
     *
     * @param port 0 for any free one
     * @param account of the stack, and of a caller who names none
     * @param invoke calls the function with this ARN
     * @throws java.net.BindException when the port is in use
     */
    public static Gateway start(int port, ApiSpec api, String account, BiFunction<String, byte[], Answer> invoke)
            throws IOException {
        // Else each small answer on a kept connection waits 40 ms for the client's acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        var server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 0);
        var gateway = new Gateway(server, api, account, invoke);
        server.setExecutor(gateway.threads);
        server.createContext("/", gateway::serve);
        server.start();
        return gateway;
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void serve(HttpExchange exchange) throws IOException {
        var requestId = UUID.randomUUID().toString();
        try (exchange) {
            Reply reply;
            try {
                reply = reply(exchange, requestId);
            } catch (IllegalArgumentException unreadable) {
                reply = own.of(Kind.BAD_REQUEST_PARAMETERS, requestId);
            }
            reply.headers()
                    .forEach((name, values) -> exchange.getResponseHeaders().put(name, values));
            exchange.getResponseHeaders().set("x-amzn-RequestId", requestId);
            var empty = reply.body().length == 0 || exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(reply.status(), empty ? -1 : reply.body().length);
            if (!empty) {
                exchange.getResponseBody().write(reply.body());
            }
        }
    }

    private Reply reply(HttpExchange exchange, String requestId) throws IOException {
        var requested = exchange.getRequestHeaders();
        if (!Loopback.isMeant(requested.getFirst("Host"), requested.getFirst("Origin"))) {
            return own.of(Kind.MISDIRECTED, requestId);
        }
        var caller = requested.getFirst(CALLER);
        if (caller != null && !caller.matches("[0-9]{12}")) {
            return own.of(Kind.INVALID_ACCOUNT, requestId);
        }
        var path = exchange.getRequestURI().getRawPath();
        var match = routes.find(exchange.getRequestMethod(), path);
        if (match.isEmpty()) {
            return new NoRoute(routes.all()).reply(exchange.getRequestMethod(), path, requestId);
        }
        var body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            return own.of(Kind.REQUEST_TOO_LARGE, requestId);
        }
        var event = new ProxyEvent(account, api.stage(), caller == null ? account : caller, requestId, Instant.now())
                .of(
                        match.get(),
                        path,
                        exchange.getRequestURI().getRawQuery(),
                        headers(requested),
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
                        switch (name) {
                            case "Lambda.RequestTooLargeException" -> Kind.REQUEST_TOO_LARGE;
                            case "Lambda.TooManyRequestsException" -> Kind.THROTTLED;
                            default -> Kind.INTEGRATION_FAILURE;
                        },
                        requestId);
        };
    }

    /** An answer that is no proxy answer is the function's defect, not the caller's. */
    private Reply proxied(byte[] payload, String requestId) {
        try {
            return Reply.ofProxy(JSON.readTree(payload)).orElseGet(() -> own.of(Kind.INTEGRATION_FAILURE, requestId));
        } catch (IOException | IllegalArgumentException broken) {
            return own.of(Kind.INTEGRATION_FAILURE, requestId);
        }
    }

    /** The JDK's server writes {@code Content-type}; clients, and so API Gateway, write {@code Content-Type}. */
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
        server.stop(1);
        threads.shutdownNow();
    }
}
