package imageferry.local.command;

import static org.assertj.core.api.Assertions.assertThat;

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

/** The table decides races with one winner, for any number of requests. */
@Tag("slow")
class RacesTest {
    private static final int MANY = 50;
    private static final int SHARES = 50;

    @TempDir
    static Path folder;

    static RunningCloud cloud;
    static String image;

    @BeforeAll
    static void start() throws Exception {
        cloud = new RunningCloud(folder.resolve("data"), Map.of());
        image = cloud.imported(BootDisk.make(folder.resolve("disk.img"), 24), "original");
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @Test
    void one_of_fifty_requests_for_one_name_wins() throws Exception {
        var answers = atOnce(MANY, i -> cloud.copy(image, "eu-west-1", "wanted"));

        assertThat(answers).filteredOn(answer -> answer.status() == 202).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 202)
                .hasSize(MANY - 1)
                .extracting(ApiClient.Answer::code)
                .containsOnly("InvalidImageName.Duplicated");
    }

    @Test
    void fifty_cancels_around_completion_have_one_outcome_in_image_copy_and_bucket() throws Exception {
        var copy = RunningCloud.only(cloud.copy(image, "ap-southeast-2", "contended"));
        var copyId = copy.path("copyId").asText();
        var imageId = copy.path("imageId").asText();
        while (!cloud.api
                        .get("/copies/" + copyId)
                        .body()
                        .path("status")
                        .asText()
                        .equals("Copying")
                && !ended(copyId)) {
            Thread.onSpinWait();
        }

        atOnce(MANY, i -> cloud.api.post("/images/" + imageId + "/cancel-copy", Map.of()));

        var outcome = cloud.watch.untilEnded(copyId);
        assertThat(outcome).isIn("Available", "Cancelled");
        assertThat(cloud.api.get("/images/" + imageId).body().path("status").asText())
                .isEqualTo(outcome.equals("Available") ? "Available" : "UnAvailable");
        assertThat(cloud.buckets.keys("ap-southeast-2", RunningCloud.bucket("ap-southeast-2"), "snapshots/"))
                .hasSize(outcome.equals("Available") ? 1 : 0);
        assertThat(cloud.buckets.openUploads("ap-southeast-2", RunningCloud.bucket("ap-southeast-2")))
                .isEmpty();
    }

    @Test
    void exactly_fifty_of_eighty_simultaneous_shares_succeed() throws Exception {
        var answers = atOnce(SHARES + 30, i -> shared("4000000000%02d".formatted(i)));

        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(SHARES);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 200)
                .hasSize(30)
                .extracting(ApiClient.Answer::code)
                .containsOnly("QuotaExceed.Share");
        assertThat(cloud.api.get("/images/" + image + "/shares").body().path("shares"))
                .hasSize(SHARES);
    }

    /** Repeats a request when the API reports that it is busy: sharing twice has the same result as once. */
    private static ApiClient.Answer shared(String account) throws Exception {
        var request = Request.of("PUT", "/images/" + image + "/shares/" + account);
        var reply = request.send(cloud.uri(), Demo.OPERATOR);
        while (reply.status() == 503) {
            reply = request.send(cloud.uri(), Demo.OPERATOR);
        }
        return new ApiClient.Answer(reply.status(), reply.body());
    }

    private static boolean ended(String copyId) throws Exception {
        return List.of("Available", "Cancelled", "Failed")
                .contains(
                        cloud.api.get("/copies/" + copyId).body().path("status").asText());
    }

    private interface Asking {
        ApiClient.Answer ask(int number) throws Exception;
    }

    private static List<ApiClient.Answer> atOnce(int many, Asking asking) throws Exception {
        var start = new CyclicBarrier(many);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = IntStream.range(0, many)
                    .mapToObj(i -> threads.submit(() -> {
                        start.await();
                        return asking.ask(i);
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
