package imageferry.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Races that only one may win are decided by the table, whoever asks how often. */
class RacesTest {
    private static final int MANY = 50;

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
    void of_fifty_requests_for_one_name_exactly_one_wins() throws Exception {
        var answers = atOnce(() -> cloud.copy(image, "eu-west-1", "wanted"));

        assertThat(answers).filteredOn(answer -> answer.status() == 202).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 202)
                .hasSize(MANY - 1)
                .extracting(Api.Answer::code)
                .containsOnly("InvalidImageName.Duplicated");
    }

    @Test
    void fifty_cancels_around_completion_have_one_outcome_that_image_copy_and_bucket_tell_alike() throws Exception {
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

        atOnce(() -> cloud.api.post("/images/" + imageId + "/cancel-copy", Map.of()));

        var outcome = cloud.watch.untilEnded(copyId);
        assertThat(outcome).isIn("Available", "Cancelled");
        assertThat(cloud.api.get("/images/" + imageId).body().path("status").asText())
                .isEqualTo(outcome.equals("Available") ? "Available" : "UnAvailable");
        assertThat(cloud.buckets.keys("ap-southeast-2", RunningCloud.bucket("ap-southeast-2"), "snapshots/"))
                .hasSize(outcome.equals("Available") ? 1 : 0);
        assertThat(cloud.buckets.openUploads("ap-southeast-2", RunningCloud.bucket("ap-southeast-2")))
                .isEmpty();
    }

    private static boolean ended(String copyId) throws Exception {
        return List.of("Available", "Cancelled", "Failed")
                .contains(
                        cloud.api.get("/copies/" + copyId).body().path("status").asText());
    }

    private static List<Api.Answer> atOnce(Callable<Api.Answer> request) throws Exception {
        var start = new CyclicBarrier(MANY);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = IntStream.range(0, MANY)
                    .mapToObj(i -> threads.submit(() -> {
                        start.await();
                        return request.call();
                    }))
                    .toList();
            var all = new ArrayList<Api.Answer>();
            for (var answer : answers) {
                all.add(answer.get());
            }
            return all;
        }
    }
}
