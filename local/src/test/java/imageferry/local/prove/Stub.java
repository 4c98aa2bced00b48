package imageferry.local.prove;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The API and AWS's services as far as a test needs them: one server that answers as the test decides. */
final class Stub implements AutoCloseable {
    static final String OPERATOR = "AKIAOPERATOR";

    private static final String REGIONS = """
            {"regions":[{"region":"us-east-1","bucket":"the-bucket","importPrefix":"imports/111111111111/"}]}""";

    private final HttpServer server;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /** The regions of an API that its operator may call. */
    Stub(ToIntFunction<HttpExchange> status) throws IOException {
        this(
                exchange -> isOf(exchange, OPERATOR) && isGet(exchange) ? 200 : status.applyAsInt(exchange),
                exchange -> isGet(exchange) ? REGIONS : "");
    }

    /**
     * Any answers.
     *
     * @param body JSON, or empty
     */
    Stub(ToIntFunction<HttpExchange> status, Function<HttpExchange, String> body) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var sent = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            requests.add((exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + sent).strip());
            var answer = body.apply(exchange).getBytes(UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status.applyAsInt(exchange), answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    private static boolean isGet(HttpExchange exchange) {
        return exchange.getRequestMethod().equals("GET");
    }

    static boolean isOf(HttpExchange exchange, String accessKey) {
        return header(exchange, "Authorization")
                .filter(signature -> signature.contains("Credential=" + accessKey + "/"))
                .isPresent();
    }

    static Optional<String> header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    Access access(String accessKey) {
        return new Access(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, "secret")), uri());
    }

    /** An installation on AWS whose API and buckets are here. */
    Installation installation(RecordedPrograms programs) {
        programs.answer("sam list stack-outputs", "[{\"OutputKey\":\"ApiUrl\",\"OutputValue\":\"" + uri() + "/v1\"}]");
        var settings = Runs.settings(null);
        return new Installation(settings, access(OPERATOR), new Stacks(settings, programs));
    }

    List<String> requests() {
        return requests;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
