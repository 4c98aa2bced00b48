package imageferry.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.sun.net.httpserver.HttpServer;
import imageferry.function.edge.Json;
import imageferry.function.event.StackAnswer;
import imageferry.function.event.StackRequest;
import imageferry.function.event.StackRequest.Properties;
import imageferry.region.Region;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Bytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A failed answer to CloudFormation keeps a region as long as its removal would lose an image. */
@Tag("slow")
class GuardRegionsFunctionTest {
    private static final List<String> BOTH = List.of("us-east-1", "eu-west-1");

    private final World world = new World();
    private final GuardRegionsFunction function = new GuardRegionsFunction(world.app.forEvents());

    @Test
    void a_region_that_holds_an_image_stays_and_the_image_is_named() {
        var image = anImage("golden");

        var answer = asked("Update", List.of("eu-west-1"), BOTH);

        assertThat(answer.status()).isEqualTo("FAILED");
        assertThat(answer.reason())
                .isEqualTo("us-east-1 still has " + image + ". Delete them, or copy them elsewhere first.");
    }

    @Test
    void a_region_without_images_may_be_removed_and_others_added() {
        anImage("golden");

        assertThat(asked("Update", List.of("us-east-1"), BOTH).status()).isEqualTo("SUCCESS");
        assertThat(asked("Update", List.of("us-east-1", "ap-southeast-2"), BOTH).status())
                .isEqualTo("SUCCESS");
        assertThat(asked("Create", BOTH, null).status()).isEqualTo("SUCCESS");
    }

    @Test
    void the_stack_stays_as_long_as_any_region_holds_an_image() {
        assertThat(asked("Delete", BOTH, null).status()).isEqualTo("SUCCESS");

        anImage("golden");

        assertThat(asked("Delete", BOTH, null).status()).isEqualTo("FAILED");
    }

    @Test
    void an_unknown_state_counts_as_a_refusal() {
        var answer = asked("Delete", List.of("no region"), null);

        assertThat(answer.status()).isEqualTo("FAILED");
        assertThat(answer.reason()).contains("could not be found out");
    }

    @Test
    void a_region_with_bytes_that_the_table_does_not_know_stays_and_some_are_named() {
        for (var number = 1; number <= 4; number++) {
            world.store.put(
                    new Blob(new Region("eu-west-1"), Blob.SNAPSHOTS + "unknown-" + number), Bytes.random(number, 10));
        }

        var answer = asked("Update", List.of("us-east-1"), BOTH);

        assertThat(answer.status()).isEqualTo("FAILED");
        assertThat(answer.reason())
                .isEqualTo(
                        "The bucket of eu-west-1 has 4 objects that the table does not know, for example "
                                + "snapshots/unknown-1, snapshots/unknown-2, snapshots/unknown-3. Find out whose they are first.");
    }

    @Test
    void the_answer_stays_within_four_kib_for_any_number_of_full_regions() {
        var regions = List.of("us-east-1", "eu-west-1", "ap-southeast-2", "ap-northeast-1");
        var large = new World(Map.of("REGIONS", String.join(",", regions)));
        regions.forEach(region -> IntStream.range(0, 60).forEach(number -> anImage(large, region, "golden" + number)));

        var answer = new GuardRegionsFunction(large.app.forEvents())
                .handleRequest(request("Delete", regions, null, null), new LambdaCall());

        assertThat(answer.reason())
                .contains(" and 10 more; eu-west-1 still has 60 images; ap-southeast-2 still has 60 images; ");
        assertThat(Json.text(answer).getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(4_096);
    }

    @Test
    void room_that_one_region_leaves_is_used_for_names_of_the_next() {
        IntStream.range(0, 45).forEach(number -> anImage(world, "us-east-1", "golden" + number));
        IntStream.range(0, 45).forEach(number -> anImage(world, "eu-west-1", "golden" + number));

        assertThat(asked("Delete", BOTH, null).reason())
                .containsPattern("eu-west-1 still has (m-\\w+, ){4}m-\\w+ and 40 more\\.");
    }

    @Test
    void the_answer_is_sent_to_cloudformation_without_a_content_type() throws IOException {
        try (var cloudFormation = new CloudFormation(200)) {
            function.handleRequest(request("Create", BOTH, null, cloudFormation.link()), new LambdaCall());

            assertThat(cloudFormation.heard)
                    .isEqualTo(
                            "PUT null {\"Status\":\"SUCCESS\",\"PhysicalResourceId\":\"imageferry-regions\","
                                    + "\"StackId\":\"the-stack\",\"RequestId\":\"r-1\",\"LogicalResourceId\":\"GuardedRegions\"}");
        }
    }

    @Test
    void an_answer_that_was_not_accepted_fails_the_function_without_logging_the_link() throws IOException {
        try (var cloudFormation = new CloudFormation(403)) {
            var request = request("Create", BOTH, null, cloudFormation.link());

            assertThatIllegalStateException()
                    .isThrownBy(() -> function.handleRequest(request, new LambdaCall()))
                    .withMessage("CloudFormation's link did not take the answer: 403");
        }
    }

    private StackAnswer asked(String type, List<String> regions, @Nullable List<String> before) {
        return function.handleRequest(request(type, regions, before, null), new LambdaCall());
    }

    private static StackRequest request(
            String type, List<String> regions, @Nullable List<String> before, @Nullable String link) {
        return new StackRequest(
                type,
                link,
                "the-stack",
                "r-1",
                "GuardedRegions",
                new Properties(regions),
                before == null ? null : new Properties(before));
    }

    private String anImage(String name) {
        return anImage(world, "us-east-1", name);
    }

    private static String anImage(World world, String region, String name) {
        var key = "imports/222222222222/" + name;
        world.store.put(new Blob(new Region(region), key), Bytes.random(1, 1_000));
        var body = "{\"region\":\"%s\",\"name\":\"%s\",\"importKey\":\"%s\",\"format\":\"raw\"}"
                .formatted(region, name, key);
        var answer = new Client(world, "222222222222").post(202, "/images", Map.of(), body);
        new WorkflowSteps(world).run(answer.at("/copy/copyId").asText());
        return answer.at("/image/imageId").asText();
    }

    /** Receives the answer, behind the link. */
    private static final class CloudFormation implements AutoCloseable {
        private final HttpServer server;
        private String heard = "";

        CloudFormation(int status) throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                try (exchange) {
                    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                    heard = exchange.getRequestMethod() + " "
                            + exchange.getRequestHeaders().getFirst("Content-Type") + " " + body;
                    exchange.sendResponseHeaders(status, -1);
                }
            });
            server.start();
        }

        String link() {
            return "http://127.0.0.1:" + server.getAddress().getPort() + "/answer?X-Amz-Signature=secret";
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
