package imageferry.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Quotas hold under many requests at once, and usage has its price. Every copy waits for approval, so that a running
 * one runs until the test approves it.
 */
@Tag("slow")
class MeteringTest {
    private static final int MANY = 50;

    @TempDir
    static Path folder;

    static RunningCloud cloud;
    static String image;

    @BeforeAll
    static void start() throws Exception {
        var parameters = Map.of(
                "ApprovalAboveBytes", "0",
                "ImagesPerRegion", "5",
                "CopiesPerRegion", "3",
                "SharesPerImage", "3",
                "PricePerGiBMoved", "1000",
                "PricePerGiBMonth", "0.023");
        cloud = new RunningCloud(folder.resolve("data"), parameters);
        image = cloud.imported(BootDisk.make(folder.resolve("disk.img"), 24), "original");
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @Test
    void fifty_copies_at_once_stay_within_the_quotas() throws Exception {
        var first = copies(atOnce(number -> cloud.copy(image, "eu-west-1", "first-" + number)), "QuotaExceed.Copy");
        assertThat(first).hasSize(3);
        assertThat(quotas("eu-west-1")).hasToString(used(3, 3));

        first.forEach(MeteringTest::approve);
        assertThat(cloud.watch.untilEnded(ids(first))).containsOnly("Available");
        assertThat(quotas("eu-west-1")).hasToString(used(3, 0));

        var second = copies(atOnce(number -> cloud.copy(image, "eu-west-1", "second-" + number)), "QuotaExceed.Image");
        assertThat(second).hasSize(2);
        assertThat(quotas("eu-west-1")).hasToString(used(5, 2));

        for (var copy : second) {
            cloud.api
                    .post("/images/" + copy.path("imageId").asText() + "/cancel-copy", Map.of())
                    .orExplain();
        }
        assertThat(cloud.watch.untilEnded(ids(second))).containsOnly("Cancelled");
        assertThat(quotas("eu-west-1")).hasToString(used(3, 0));
    }

    @Test
    void fifty_shares_at_once_stay_within_the_limit_of_an_image() throws Exception {
        var answers = atOnce(number -> share(300_000_000_000L + number));

        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(3);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 200)
                .extracting(ApiClient.Answer::code)
                .containsOnly("QuotaExceed.Share");
        var shares = cloud.api.get("/images/" + image + "/shares").orExplain();
        assertThat(shares.path("shares")).hasSize(3);
        assertThat(shares.path("limit").asInt()).isEqualTo(3);
    }

    @Test
    void usage_and_its_price_are_shown_to_the_account_and_to_the_operator() throws Exception {
        var copy = RunningCloud.only(cloud.copy(image, "ap-southeast-2", "metered"));
        approve(copy);
        assertThat(cloud.watch.untilEnded(copy.path("copyId").asText())).isEqualTo("Available");

        var usage = cloud.api.get("/usage").orExplain();

        assertThat(usage.path("account").asText()).isEqualTo(Demo.OPERATOR);
        assertThat(usage.path("moved"))
                .filteredOn(line -> line.path("to").asText().equals("ap-southeast-2"))
                .singleElement()
                .hasToString("{\"from\":\"us-east-1\",\"to\":\"ap-southeast-2\",\"bytes\":25165824,"
                        + "\"gib\":\"0.023438\",\"price\":\"23.4375\"}");
        assertThat(usage.path("stored"))
                .extracting(line -> line.path("region").asText())
                .contains("us-east-1", "ap-southeast-2");
        assertThat(usage.at("/prices/perGiBMonth").asText()).isEqualTo("0.023");

        var stranger = cloud.api.as("333333333333");
        assertThat(stranger.get("/usage").orExplain().path("moved")).isEmpty();
        assertThat(stranger.get("/usage?account=" + Demo.OPERATOR).code()).isEqualTo("OperationDenied.NotOperator");
        assertThat(cloud.api
                        .get("/usage?account=333333333333")
                        .orExplain()
                        .path("total")
                        .asText())
                .isEqualTo("0.0000");
    }

    private static String used(int images, int runningCopies) {
        return "{\"images\":{\"limit\":5,\"used\":" + images + "},\"runningCopies\":{\"limit\":3,\"used\":"
                + runningCopies + "}}";
    }

    private static JsonNode quotas(String region) throws Exception {
        for (var each : cloud.api.get("/regions").orExplain().path("regions")) {
            if (each.path("region").asText().equals(region)) {
                return each.path("quotas");
            }
        }
        throw new AssertionError("There is no region " + region);
    }

    /** The accepted copies. Every other answer must have that code. */
    private static List<JsonNode> copies(List<ApiClient.Answer> answers, String code) {
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 202)
                .extracting(ApiClient.Answer::code)
                .containsOnly(code);
        return answers.stream()
                .filter(answer -> answer.status() == 202)
                .map(RunningCloud::only)
                .toList();
    }

    private static List<String> ids(List<JsonNode> copies) {
        return copies.stream().map(copy -> copy.path("copyId").asText()).toList();
    }

    /** The ticket opens a moment after the request. */
    private static void approve(JsonNode copy) {
        var path = "/tickets/" + copy.path("ticketId").asText() + "/approve";
        try {
            var answer = cloud.api.post(path, Map.of());
            while (answer.status() == 404) {
                answer = cloud.api.post(path, Map.of());
            }
            answer.orExplain();
        } catch (Exception e) {
            throw new AssertionError("Could not approve " + copy, e);
        }
    }

    private static ApiClient.Answer share(long account) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(cloud.uri() + "/images/" + image + "/shares/" + account))
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build();
        var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
        return new ApiClient.Answer(answer.statusCode(), new ObjectMapper().readTree(answer.body()));
    }

    private interface Request {
        ApiClient.Answer send(int number) throws Exception;
    }

    private static List<ApiClient.Answer> atOnce(Request request) throws Exception {
        var start = new CyclicBarrier(MANY);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = IntStream.range(0, MANY)
                    .mapToObj(number -> threads.submit(() -> {
                        start.await();
                        return request.send(number);
                    }))
                    .toList();
            var all = new ArrayList<ApiClient.Answer>();
            for (var answer : answers) {
                all.add(answer.get());
            }
            return all;
        }
    }
}
