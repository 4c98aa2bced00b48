package imageferry.local.prove;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The API and S3 as far as the AWS-only steps call them: it answers with the status that the test decides. */
final class Stub implements AutoCloseable {
    static final String OPERATOR = "AKIAOPERATOR";

    private final HttpServer server;
    private final List<String> requests = new ArrayList<>();

    /** @param status of a request */
    Stub(ToIntFunction<HttpExchange> status) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            var code = isPublic(exchange) ? 200 : status.applyAsInt(exchange);
            exchange.getRequestBody().readAllBytes();
            var body =
                    exchange.getRequestMethod().equals("GET") ? REGIONS.getBytes(StandardCharsets.UTF_8) : new byte[0];
            exchange.sendResponseHeaders(code, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    private static final String REGIONS = """
            {"regions":[{"region":"us-east-1","bucket":"the-bucket","importPrefix":"imports/111111111111/"}]}""";

    /** The operator may call the API. */
    private static boolean isPublic(HttpExchange exchange) {
        return isOf(exchange, OPERATOR) && exchange.getRequestMethod().equals("GET");
    }

    static boolean isOf(HttpExchange exchange, String accessKey) {
        return String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))
                .contains("Credential=" + accessKey + "/");
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

    /** An installation of AWS whose API and buckets are here. */
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
