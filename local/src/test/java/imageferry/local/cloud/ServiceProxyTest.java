package imageferry.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import imageferry.local.lambda.Endpoints;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.sfn.SfnClient;

/** All services have the one address, which a container can reach. */
@Tag("slow")
@Timeout(120)
class ServiceProxyTest {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @TempDir
    static Path home;

    static LocalCloud cloud;
    static URI proxy;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        cloud = LocalCloud.start(SmallStack.in(home).settings());
        proxy = cloud.serveAt(ANY_PORT);
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @Test
    void s3_is_behind_the_one_address() throws Exception {
        var object = proxy.resolve("/imageferry-111111111111-us-east-1/snapshots/one?x=%20");
        var put = send(HttpRequest.newBuilder(object).PUT(BodyPublishers.ofString("bytes")));
        var got = send(HttpRequest.newBuilder(object));
        var head = send(HttpRequest.newBuilder(object).HEAD());
        var part = send(HttpRequest.newBuilder(object).header("Range", "bytes=1-2"));
        var deleted = send(HttpRequest.newBuilder(object).DELETE());

        assertThat(put.statusCode()).isEqualTo(200);
        assertThat(got.body()).isEqualTo("bytes");
        assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(5);
        assertThat(head.headers().firstValue("ETag")).isEqualTo(got.headers().firstValue("ETag"));
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("yt");
        assertThat(deleted.statusCode()).isEqualTo(204);
    }

    @Test
    void dynamodb_is_behind_the_one_address() {
        var key = Map.of("pk", AttributeValue.fromS("through the door"));
        try (var client = LocalClients.dynamoDb(proxy, "us-east-1")) {
            client.putItem(put -> put.tableName("Things").item(key));

            assertThat(client.getItem(get -> get.tableName("Things").key(key)).item())
                    .isEqualTo(key);
        }
    }

    @Test
    void step_functions_are_behind_the_one_address() {
        var machine = cloud.template().stateMachines().getFirst().arn();
        try (var client = at(proxy, SfnClient.builder()).build()) {
            var started = client.startExecution(start ->
                    start.stateMachineArn(machine).name("through-the-door").input("{}"));

            assertThat(started.executionArn()).endsWith(":through-the-door");
        }
    }

    @Test
    void the_bus_is_behind_the_one_address() {
        try (var client = at(proxy, EventBridgeClient.builder()).build()) {
            var entry = PutEventsRequestEntry.builder()
                    .eventBusName("ferry")
                    .source("test")
                    .detailType("Through The Door")
                    .detail("{}")
                    .build();
            client.putEvents(put -> put.entries(entry));

            assertThat(cloud.events())
                    .anySatisfy(event -> assertThat(event.toString()).contains("Through The Door"));
        }
    }

    @Test
    void a_character_that_must_be_percent_encoded_is_refused_in_words() throws Exception {
        for (var path : List.of("/bucket/a|b", "/bucket/a\"b", "/bucket/a[b", "/bucket/a?b=|")) {
            assertThat(raw(proxy, "GET " + path + " HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 400")
                    .contains("application/problem+json", "percent-encode it");
        }
    }

    @Test
    void a_body_that_ends_too_early_is_the_clients_failure() throws Exception {
        var head = "PUT /imageferry-111111111111-us-east-1/half HTTP/1.1\r\nHost: here\r\n";
        assertThat(raw(proxy, head + "Content-Length: 9\r\n\r\nhalf"))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json");
    }

    @Test
    void a_service_that_closes_the_connection_is_a_bad_gateway() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var service = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            var behind = URI.create("http://127.0.0.1:" + service.getLocalPort());
            var _ = threads.submit(() -> {
                while (true) {
                    service.accept().close();
                }
            });
            try (var broken = ServiceProxy.open(ANY_PORT, new Endpoints(behind, behind, behind, behind))) {
                assertThat(raw(broken.endpoint(), "PUT / HTTP/1.1\r\nHost: here\r\nContent-Length: 1\r\n\r\nx"))
                        .startsWith("HTTP/1.1 502")
                        .contains("application/problem+json", "closed the connection before its answer");
            }
        }
    }

    @Test
    void an_address_that_is_taken_or_elsewhere_is_refused_in_words() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var there = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), taken.getLocalPort());
            assertThatExceptionOfType(CannotStart.class)
                    .isThrownBy(() -> cloud.serveAt(there))
                    .withMessage(
                            "Port " + taken.getLocalPort() + " of 127.0.0.1 is in use by another program: stop that"
                                    + " one, or name another port with --aws.");
        }
        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> cloud.serveAt(new InetSocketAddress(InetAddress.ofLiteral("203.0.113.1"), 0)))
                .withMessage("203.0.113.1:0 is not an address of this machine: name one that is with --aws.");
    }

    private static String raw(URI address, String request) throws Exception {
        try (var socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static <B extends AwsClientBuilder<B, ?>> B at(URI endpoint, B builder) {
        return builder.endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("user", "local")));
    }
}
