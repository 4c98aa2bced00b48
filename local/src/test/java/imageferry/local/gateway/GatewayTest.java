package imageferry.local.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import imageferry.local.data.DataDisk;
import imageferry.local.lambda.Answer;
import imageferry.local.template.ApiSpec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class GatewayTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String API = """
            {"paths": {
               "/images": {"get": I, "post": I},
               "/images/{imageId}": {"get": I},
               "/images/{imageId}/cancel-copy": {"post": I},
               "/images/new": {"get": {"x-amazon-apigateway-integration": {"type": "aws_proxy", "uri": "arn:aws:apigateway:r:lambda:path/2015-03-31/functions/arn:new/invocations"}}}},
             "x-amazon-apigateway-gateway-responses": {
               "REQUEST_TOO_LARGE": {"statusCode": "413",
                 "responseParameters": {"gatewayresponse.header.Content-Type": "'application/problem+json'"},
                 "responseTemplates": {"application/json": "{\\"code\\":\\"NotTakenByAws\\",\\"requestId\\":\\"$context.requestId\\"}"}},
               "INTEGRATION_TIMEOUT": {"statusCode": "504",
                 "responseParameters": {"gatewayresponse.header.Content-Type": "'application/problem+json'"},
                 "responseTemplates": {"application/json": "{\\"code\\":\\"TooSlow\\",\\"requestId\\":\\"$context.requestId\\"}"}}}}
            """.replace(
                    " I",
                    "{\"x-amazon-apigateway-integration\": {\"type\": \"aws_proxy\", \"uri\": \"arn:aws:apigateway:r:lambda:path/2015-03-31/functions/arn:images/invocations\"}}");

    private final HttpClient client = HttpClient.newHttpClient();
    private Answer answer =
            json("{\"statusCode\": 202, \"headers\": {\"Content-Type\": \"application/json\"}, \"body\": \"{}\"}");
    private String function = "";
    private JsonNode event = JSON.createObjectNode();
    private Gateway gateway;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws IOException {
        gateway = Gateway.start(
                0,
                new ApiSpec("v1", JSON.readTree(API)),
                "111111111111",
                (arn, bytes) -> {
                    function = arn;
                    event = tree(bytes);
                    return answer;
                },
                DataDisk.of(folder));
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void a_request_reaches_its_function_as_a_proxy_event() throws Exception {
        var response = send(request("/images?region=us-east-1&tag.a=x+y&tag.a=z%26")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\":\"é\"}")));

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.body()).isEqualTo("{}");
        assertThat(response.headers().firstValue("x-amzn-requestid"))
                .hasValue(event.at("/requestContext/requestId").asText());
        assertThat(function).isEqualTo("arn:images");
        assertThat(event.path("resource").asText()).isEqualTo("/images");
        assertThat(event.path("httpMethod").asText()).isEqualTo("POST");
        assertThat(event.path("body").asText()).isEqualTo("{\"name\":\"é\"}");
        assertThat(event.path("pathParameters").isNull()).isTrue();
        assertThat(event.at("/queryStringParameters/region").asText()).isEqualTo("us-east-1");
        assertThat(event.at("/multiValueQueryStringParameters/tag.a").toString())
                .isEqualTo("[\"x y\",\"z&\"]");
        assertThat(event.at("/headers/Content-Type").asText()).isEqualTo("application/json");
        assertThat(event.at("/requestContext/identity/accountId").asText()).isEqualTo("111111111111");
    }

    @Test
    void a_path_parameter_is_decoded_and_a_fixed_path_wins_over_it() throws Exception {
        send(request("/images/m%2F1+"));
        assertThat(event.at("/pathParameters/imageId").asText()).isEqualTo("m/1+");
        assertThat(event.path("resource").asText()).isEqualTo("/images/{imageId}");

        send(request("/images/new"));
        assertThat(function).isEqualTo("arn:new");
    }

    @Test
    void the_header_sets_the_caller_on_this_machine() throws Exception {
        send(request("/images").header("X-Imageferry-Account", "222222222222"));

        assertThat(event.at("/requestContext/identity/accountId").asText()).isEqualTo("222222222222");
        assertThat(event.at("/requestContext/identity/userArn").asText()).isEqualTo("arn:aws:iam::222222222222:root");
        assertThat(event.at("/requestContext/accountId").asText()).isEqualTo("111111111111");
    }

    @Test
    void a_malformed_account_is_a_problem() throws Exception {
        problem(send(request("/images").header("X-Imageferry-Account", "me")), 400, "InvalidAccount");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET  | /images/              | GET /images
            POST | /images/              | POST /images
            GET  | /image                | GET /images
            GET  | /Images               | GET /images
            GET  | /v1/images            | GET /images
            GET  | /images//m-1          | GET /images/{imageId}
            GET  | /images/m-1/          | GET /images/{imageId}
            GET  | /images/m-1/download  | GET /images/{imageId}
            GET  | /                     | GET /images
            GET  | //images              | GET /images
            GET  | //images//            | GET /images
            POST | /images/m-1/cancel    | POST /images/{imageId}/cancel-copy
            GET  | /images/m-1/cancel    | POST /images/{imageId}/cancel-copy
            """)
    void an_unknown_route_is_reported_with_the_nearest_one(String method, String path, String nearest)
            throws Exception {
        var answer = send(raw(path).method(method, BodyPublishers.noBody()));

        problem(answer, 404, "RouteNotFound");
        assertThat(JSON.readTree(answer.body()).path("detail").asText())
                .isEqualTo("There is no route " + method + " " + path + "; the nearest is " + nearest);
        assertThat(function).isEmpty();
    }

    @Test
    void another_method_of_a_known_path_is_not_allowed() throws Exception {
        var answer = send(request("/images").DELETE());

        assertThat(problem(answer, 405, "MethodNotAllowed"))
                .contains("/images does not have the method DELETE; it has GET, POST");
        assertThat(answer.headers().firstValue("Allow")).hasValue("GET, POST");
        assertThat(send(request("/images").method("HEAD", BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(405);
        assertThat(function).isEmpty();
    }

    @Test
    void a_path_of_ten_thousand_characters_is_answered_as_fast_as_a_short_one() throws Exception {
        problem(send(request("/" + "x/".repeat(5_000))), 404, "RouteNotFound");
    }

    @Test
    void a_failing_function_is_a_problem_without_its_stack_trace() throws Exception {
        answer = new Answer.Failed("x.Broken", "{\"stackTrace\":[\"secret\"]}".getBytes(UTF_8));
        assertThat(problem(send(request("/images")), 502, "InternalServerError"))
                .doesNotContain("secret");

        answer = json("{\"no\": \"status\"}");
        problem(send(request("/images")), 502, "InternalServerError");

        answer = json("not json");
        problem(send(request("/images")), 502, "InternalServerError");

        answer = new Answer.Failed("Sandbox.Timedout", new byte[0]);
        problem(send(request("/images")), 504, "TooSlow");
    }

    /** As on AWS, where 429 only means the limits of the gateway itself. */
    @Test
    void a_throttled_function_is_a_failed_integration() throws Exception {
        answer = new Answer.Refused("Lambda.TooManyRequestsException", "Rate Exceeded.");

        problem(send(request("/images")), 502, "InternalServerError");
    }

    @Test
    void a_body_above_1_mib_is_refused_with_and_without_its_length() throws Exception {
        var large = new byte[(1 << 20) + 1];

        problem(send(request("/images").POST(BodyPublishers.ofByteArray(large))), 413, "BodyTooLarge");
        problem(
                send(request("/images").POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))),
                413,
                "BodyTooLarge");
        assertThat(function).isEmpty();
    }

    @Test
    void nothing_is_changed_while_the_disk_cannot_be_written() throws Exception {
        Files.delete(folder);

        assertThat(problem(send(request("/images").POST(BodyPublishers.ofString("{}"))), 507, "InsufficientStorage"))
                .contains("0 bytes free", "make room there");
        assertThat(function).isEmpty();
        assertThat(send(request("/images")).statusCode()).isEqualTo(202);

        Files.createDirectory(folder);
        assertThat(send(request("/images").POST(BodyPublishers.ofString("{}"))).statusCode())
                .isEqualTo(202);
    }

    @Test
    void a_foreign_host_or_origin_is_refused() throws Exception {
        problem(send(request("/images").header("Origin", "https://evil.example")), 421, "MisdirectedRequest");
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), gateway.uri().getPort())) {
            socket.getOutputStream()
                    .write("GET /images HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n".getBytes(UTF_8));
            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 421");
        }
        assertThat(function).isEmpty();
    }

    private static String problem(HttpResponse<String> response, int status, String code) throws IOException {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        var body = JSON.readTree(response.body());
        assertThat(body.path("code").asText()).isEqualTo(code);
        assertThat(body.path("requestId").asText())
                .isEqualTo(response.headers().firstValue("x-amzn-requestid").orElseThrow());
        return response.body();
    }

    private HttpRequest.Builder raw(String path) {
        return HttpRequest.newBuilder(URI.create(gateway.uri() + path));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(gateway.uri().resolve(path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static Answer json(String payload) {
        return new Answer.Returned(payload.getBytes(UTF_8));
    }

    private static JsonNode tree(byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
