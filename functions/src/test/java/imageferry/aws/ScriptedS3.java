package imageferry.aws;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import imageferry.account.AccountId;
import imageferry.region.Region;
import imageferry.region.Regions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Replaces S3: returns the given answers in order, and records the requests. */
final class ScriptedS3 implements AutoCloseable {
    static final Region HOME = new Region("us-east-1");
    static final Region FAR = new Region("eu-west-1");

    private final Deque<Answer> script = new ArrayDeque<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final S3SnapshotStore store;

    ScriptedS3() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        store = new S3SnapshotStore(
                new Regions("imageferry", new AccountId("111111111111"), List.of(HOME, FAR)),
                StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")),
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    S3SnapshotStore store() {
        return store;
    }

    List<Asked> asked() {
        return asked;
    }

    void answers(int status, String body) {
        script.add(new Answer(status, body));
    }

    /** An error in S3's wording, with a role in it that nobody else should read. */
    void fails(int status, String code) {
        answers(
                status,
                "<?xml version=\"1.0\"?><Error><Code>" + code
                        + "</Code><Message>arn:aws:iam::1:role/x may not</Message></Error>");
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.add(new Asked(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders(),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            var answer = script.remove();
            var body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("x-amz-request-id", "r-1");
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        store.close();
        server.stop(0);
    }

    private record Answer(int status, String body) {}

    /** One recorded request. */
    record Asked(String method, String uri, Headers headers, String body) {
        String line() {
            return method + " " + uri;
        }

        /** Empty when it was not sent. */
        String header(String name) {
            return Optional.ofNullable(headers.getFirst(name)).orElse("");
        }
    }
}
