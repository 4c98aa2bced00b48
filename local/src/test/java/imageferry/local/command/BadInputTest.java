package imageferry.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.local.template.TemplateYaml;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each wrong input gets a problem document with its code, and writes nothing. */
@Tag("slow")
class BadInputTest {
    @TempDir
    static Path folder;

    static RunningCloud cloud;
    static String image;

    @BeforeAll
    static void start() throws Exception {
        cloud = new RunningCloud(folder.resolve("data"), Map.of());
        image = cloud.imported(BootDisk.make(folder.resolve("disk.img"), 16), "original");
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST | /images             | {                                                            | 400 | MalformedBody
            POST | /images             | []                                                           | 400 | MalformedBody
            POST | /images             | {"region":"us-east-1"}                                       | 400 | MissingParameter
            POST | /images             | {"region":"us-east-1","name":"ab","importKey":5}             | 400 | InvalidImportKey
            POST | /images             | {"region":"us-east-1","name":"ab","importKey":"imports/111111111111/absent"} | 404 | InvalidImportKey.NotFound
            POST | /images             | {"region":"us-east-1","name":"ab","importKey":"imports/222222222222/x"}      | 400 | InvalidImportKey
            POST | /images             | {"region":"mars-1","name":"ab","importKey":"imports/111111111111/x"}         | 400 | InvalidRegionId.NotFound
            POST | /images             | {"region":"us-east-1","name":"ab","importKey":"imports/111111111111/x","format":"tar"} | 400 | InvalidParameter
            POST | /images             | {"region":"us-east-1","name":"ab","importKey":"imports/111111111111/x","expectedChecksum":"abc"} | 400 | InvalidParameter
            POST | /images             | {"region":"us-east-1","name":"1b","importKey":"imports/111111111111/x"}      | 400 | InvalidImageName.Malformed
            POST | /images/IMAGE/copies | {"targets":[]}                                              | 400 | InvalidParameter
            POST | /images/IMAGE/copies | {"targets":[{"region":"us-east-1"}]}                        | 400 | IncorrectDestinationRegion
            POST | /images/IMAGE/copies | {"targets":[{"region":"mars-1"}]}                           | 400 | InvalidRegionId.NotFound
            POST | /images/IMAGE/copies | {"targets":[{"region":"eu-west-1","colour":"red"}]}         | 400 | UnknownParameter
            POST | /images/m-aaaaaaaaaaaaaaaaa/copies | {"targets":[{"region":"eu-west-1"}]}          | 404 | InvalidImageId.NotFound
            POST | /images/nonsense/copies | {"targets":[{"region":"eu-west-1"}]}                     | 404 | InvalidImageId.NotFound
            POST | /images/IMAGE/cancel-copy | {}                                                     | 409 | ImageCreatedNotFromCopy
            GET  | /images?region=mars-1 |                                                            | 400 | InvalidRegionId.NotFound
            GET  | /copies?region=Mars |                                                              | 400 | InvalidParameter
            GET  | /copies?status=Gone |                                                              | 400 | InvalidParameter
            GET  | /copies?groupId=g-1 |                                                              | 400 | InvalidParameter
            GET  | /images?region=us-east-1&colour=red |                                              | 400 | UnknownParameter
            GET  | /images?region=us-east-1&nextToken=x |                                             | 400 | InvalidNextToken
            GET  | /copies/c-aaaaaaaaaaaaaaaaa |                                                      | 404 | InvalidCopyId.NotFound
            GET  | /groups/g-aaaaaaaaaaaaaaaaa |                                                      | 404 | InvalidGroupId.NotFound
            POST | /tickets/k-aaaaaaaaaaaaaaaaa/approve | {}                                          | 404 | InvalidTicketId.NotFound
            GET  | /usage?month=2026-13 |                                                             | 400 | InvalidParameter
            GET  | /usage?month=9999-12 |                                                             | 400 | InvalidParameter
            GET  | /usage?account=me   |                                                              | 400 | InvalidAccountId.Malformed
            GET  | /nowhere            |                                                              | 404 | RouteNotFound
            GET  | /images/            |                                                              | 404 | RouteNotFound
            PUT  | /images             |                                                              | 405 | MethodNotAllowed
            """)
    void is_reported_with_its_code(String method, String path, String body, int status, String code) throws Exception {
        var answer = send(method, path.strip().replace("IMAGE", image), body == null ? "" : body);

        assertThat(answer.body()).contains("\"code\":\"" + code + "\"").doesNotContain("at imageferry");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    /** With a body that no route takes and a parameter that no route knows. */
    @Test
    void every_route_names_the_request_that_it_refuses() throws Exception {
        var contract = TemplateYaml.read(Home.folder().resolve("openapi.yaml")).path("paths");
        var refused = 0;
        for (var path : contract.properties()) {
            for (var operation : path.getValue().properties()) {
                var method = operation.getKey().toUpperCase(Locale.ROOT);
                var answer = send(method, path.getKey().replaceAll("\\{\\w+}", "x") + "?colour=red", "[");

                assertThat(answer.statusCode()).as(method + " " + path.getKey()).isBetween(400, 499);
                assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
                assertThat(answer.body()).containsPattern("\"requestId\":\"[0-9a-f-]{36}\"");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(20);
    }

    @Test
    void all_violations_come_at_once() throws Exception {
        var answer = send("POST", "/images", "{\"region\":7,\"name\":\"1\",\"colour\":\"red\"}");

        assertThat(answer.body())
                .contains("\"field\":\"region\"")
                .contains("\"field\":\"name\"")
                .contains("\"field\":\"colour\"")
                .contains("\"field\":\"importKey\"");
    }

    @Test
    void a_body_over_64_kib_is_refused() throws Exception {
        var answer = send("POST", "/images", "{\"description\":\"" + "x".repeat(70_000) + "\"}");

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("BodyTooLarge");
    }

    @Test
    void another_accounts_image_is_not_found() throws Exception {
        assertThat(cloud.api.as("333333333333").get("/images/" + image).code()).isEqualTo("InvalidImageId.NotFound");
    }

    private static HttpResponse<String> send(String method, String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(cloud.uri() + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
