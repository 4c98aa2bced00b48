package imageferry.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.local.Await;
import imageferry.local.TinyDisk;
import imageferry.local.command.DemoTest.Run;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A full disk stops nothing permanently: each call is answered, and unfinished work ends when there is room again. */
@Timeout(300)
@Tag("slow")
class FullDiskTest {
    private static final String HOME = RunningCloud.REGIONS.getFirst();
    private static final Duration IN_TIME = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private TinyDisk tiny;
    private Path data;
    private DiskFile disk;

    @BeforeEach
    void aSmallDisk() throws Exception {
        tiny = TinyDisk.mount(folder.resolve("tiny"), "size=400m,nr_inodes=20000");
        data = tiny.path().resolve("data");
        disk = DiskFile.at(BootDisk.make(folder.resolve("disk.img"), 24));
    }

    @AfterEach
    void unmount() throws Exception {
        if (tiny != null) {
            tiny.close();
        }
    }

    @Test
    void each_call_is_answered_and_copies_end_after_room_is_freed() throws Exception {
        try (var cloud = new RunningCloud(data, Map.of())) {
            var image = cloud.imported(disk.file(), "original");
            var instance = cloud.api
                    .post("/instances", Map.of("region", HOME, "imageId", image))
                    .orExplain()
                    .path("instanceId")
                    .asText();
            cloud.buckets.upload(HOME, RunningCloud.bucket(HOME), "imports/" + Demo.OPERATOR + "/next", disk.file());

            for (var taken : List.of("room", "inodes")) {
                var copies = copies(cloud, image, "without-" + taken);
                untilCopying(cloud, copies);
                // Parts that find no room are removed, which makes some room.
                Await.until(
                        "a refusal",
                        Duration.ofSeconds(60),
                        () -> {
                            take(taken);
                            return cloud.api.post("/instances", Map.of()).status();
                        },
                        status -> status == 507);

                for (var round = 0; round < 2; round++) {
                    for (var call : calls(
                            image, instance, copies.getFirst().path("imageId").asText())) {
                        take(taken);
                        answeredInTime(cloud, call);
                    }
                }
                tiny.free();

                endsWell(cloud, copies);
            }
            cloud.imported(disk.file(), "afterwards");
            cancels(cloud, image);
        }
    }

    private void take(String what) throws Exception {
        if (what.equals("room")) {
            tiny.fill(0);
        } else {
            tiny.takeInodes(0);
        }
    }

    private static List<JsonNode> copies(RunningCloud cloud, String image, String name) throws Exception {
        var copies = new ArrayList<JsonNode>();
        for (var region : RunningCloud.REGIONS.subList(1, 3)) {
            copies.add(RunningCloud.only(cloud.copy(image, region, name)));
        }
        return copies;
    }

    /** Each round fills the disk at another moment of the copies, and leaves another amount of room. */
    @Test
    void changing_room_during_copies_leaves_nothing_behind() throws Exception {
        var seed = Long.getLong("disk.seed", 20261130);
        var random = new Random(seed);
        try (var cloud = new RunningCloud(data, Map.of("RecycleDays", "0"))) {
            var image = cloud.imported(disk.file(), "original");
            for (var round = 0; round < 3; round++) {
                var copies = copies(cloud, image, "copy-" + round);
                for (var outage = 0; outage < 4; outage++) {
                    for (var look = random.nextInt(20); look > 0; look--) {
                        cloud.api.get(
                                "/copies/" + copies.getFirst().path("copyId").asText());
                    }
                    tiny.fill(random.nextInt(100) * 4096L);
                    cloud.api.get("/copies");
                    tiny.free();
                }
                endsWell(cloud, copies);
                for (var copy : copies) {
                    cloud.api.delete("/images/" + copy.path("imageId").asText()).orExplain();
                }
            }
        } catch (AssertionError failed) {
            throw new AssertionError("with the seed " + seed, failed);
        }
    }

    @Test
    void a_process_killed_on_a_full_disk_reports_the_needed_room_and_continues_with_it() throws Exception {
        var copies = new ArrayList<JsonNode>();
        try (var first = LocalProcess.start(data)) {
            var key = "imports/" + Demo.OPERATOR + "/disk";
            first.buckets.upload(HOME, RunningCloud.bucket(HOME), key, disk.file());
            var imported = first.api
                    .post("/images", Map.of("region", HOME, "name", "original", "importKey", key))
                    .orExplain();
            assertThat(first.watch.untilEnded(imported.at("/copy/copyId").asText()))
                    .isEqualTo("Available");
            for (var region : RunningCloud.REGIONS.subList(1, 3)) {
                copies.add(RunningCloud.only(first.api.post(
                        "/images/" + imported.at("/image/imageId").asText() + "/copies",
                        Map.of("targets", List.of(Map.of("region", region))))));
            }
            tiny.fill(0);
            first.api.get("/copies");
            first.kill();
        }
        // The end of the process frees deleted files that were still open.
        tiny.fill(0);

        var refused = Run.of("local", "--data", data.toString(), "--port", "0", "--s3-port", "0");
        assertThat(refused.status()).isNotZero();
        assertThat(refused.output().strip().lines())
                .singleElement()
                .asString()
                .contains(data.toString(), "0 bytes free", "make room there");
        tiny.free();

        try (var cloud = new RunningCloud(data, Map.of())) {
            endsWell(cloud, copies);
        }
    }

    @Test
    void too_little_room_for_the_functions_is_reported_at_the_start_and_not_used() throws Exception {
        Files.createDirectories(data);
        tiny.fill(8L << 20);

        var refused = Run.of("local", "--data", data.toString(), "--port", "0", "--s3-port", "0");

        assertThat(refused.status()).isNotZero();
        assertThat(refused.output().strip().lines())
                .singleElement()
                .asString()
                .contains(data.toString(), "No space left on device", "make room in it");
        try (var unpacked = Files.list(data.resolve("functions"))) {
            assertThat(unpacked).isEmpty();
        }
    }

    private static void untilCopying(RunningCloud cloud, List<JsonNode> copies) throws Exception {
        Await.until(
                "a copy that copies",
                Duration.ofSeconds(60),
                () -> cloud.api
                        .get("/copies/" + copies.getFirst().path("copyId").asText())
                        .body()
                        .path("status")
                        .asText(),
                status -> !status.equals("Waiting"));
    }

    private static List<String> calls(String image, String instance, String copied) {
        return List.of(
                "GET /images?region=" + HOME,
                "GET /images/" + image,
                "GET /images/" + image + "/download",
                "GET /copies",
                "GET /regions",
                "GET /usage",
                "PATCH /images/" + image + " {\"description\":\"x\"}",
                "POST /images {\"region\":\"us-east-1\",\"name\":\"next\",\"importKey\":\"imports/111111111111/next\"}",
                "POST /images/" + image + "/copies {\"targets\":[{\"region\":\"eu-west-1\",\"name\":\"other\"}]}",
                "POST /images/" + copied + "/cancel-copy",
                "PUT /images/" + image + "/shares/222222222222",
                "POST /instances {\"region\":\"us-east-1\",\"imageId\":\"" + image + "\"}",
                "DELETE /instances/" + instance,
                "DELETE /images/" + copied);
    }

    private void answeredInTime(RunningCloud cloud, String call) throws Exception {
        var words = call.split(" ", 3);
        var request = HttpRequest.newBuilder(URI.create(cloud.uri() + words[1]))
                .method(words[0], words.length == 3 ? BodyPublishers.ofString(words[2]) : BodyPublishers.noBody())
                .timeout(IN_TIME)
                .build();
        var answer = http.send(request, BodyHandlers.ofString());
        if (words[0].equals("GET")) {
            assertThat(answer.statusCode()).as(call).isEqualTo(200);
        } else {
            assertThat(answer.statusCode()).as(call).isEqualTo(507);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(answer.body()).contains("InsufficientStorage", data.toString(), "make room there");
        }
    }

    private void endsWell(RunningCloud cloud, List<JsonNode> copies) throws Exception {
        for (var copy : copies) {
            var region = copy.path("region").asText();
            assertThat(cloud.watch.untilEnded(copy.path("copyId").asText())).isEqualTo("Available");
            var key = "snapshots/" + copy.path("copyId").asText().replaceFirst("c-", "s-");
            assertThat(cloud.buckets.sha256(region, RunningCloud.bucket(region), key))
                    .isEqualTo(disk.sha256());
            assertThat(cloud.buckets.openUploads(region, RunningCloud.bucket(region)))
                    .isEmpty();
        }
        for (var region : cloud.api.get("/regions").body().path("regions")) {
            assertThat(region.at("/slots/used").asInt()).as(region.toString()).isZero();
        }
        assertThat(data.resolve("incoming")).isEmptyDirectory();
        assertThat(data.resolve("undelivered.jsonl")).doesNotExist();
    }

    private static void cancels(RunningCloud cloud, String image) throws Exception {
        var copy = RunningCloud.only(cloud.copy(image, RunningCloud.REGIONS.get(1), "cancelled"));
        cloud.api
                .post("/images/" + copy.path("imageId").asText() + "/cancel-copy", Map.of())
                .orExplain();
        assertThat(cloud.watch.untilEnded(copy.path("copyId").asText())).isEqualTo("Cancelled");
    }
}
