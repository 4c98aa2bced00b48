package imageferry.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A deleted image waits in the bin, and its owner restores or purges it. */
@Tag("slow")
class BinOverHttpTest {
    private static final String HOME = "us-east-1";

    @TempDir
    static Path folder;

    static RunningCloud cloud;
    static Path disk;

    @BeforeAll
    static void start() throws Exception {
        cloud = new RunningCloud(folder.resolve("data"), Map.of());
        disk = BootDisk.make(folder.resolve("disk.img"), 24);
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    private static List<String> listed(String status) throws Exception {
        var images =
                cloud.api.get("/images?owner=self&status=" + status).orExplain().path("images");
        return StreamSupport.stream(images.spliterator(), false)
                .map(image -> image.path("imageId").asText())
                .toList();
    }

    private static List<String> snapshots() {
        return cloud.buckets.keys(HOME, RunningCloud.bucket(HOME), "snapshots/");
    }

    @Test
    void a_deleted_image_is_restored_with_its_shares_and_purged_in_the_end() throws Exception {
        var image = cloud.imported(disk, "golden");
        var before = cloud.api.get("/images/" + image).orExplain();
        Request.of("PUT", "/images/" + image + "/shares/222222222222").send(cloud.uri(), Demo.OPERATOR);
        var kept = snapshots();

        var recycled = cloud.api.delete("/images/" + image + "?force=true");

        assertThat(recycled.status()).isEqualTo(200);
        assertThat(recycled.body().path("status").asText()).isEqualTo("Recycled");
        assertThat(recycled.body().path("purgeAt").asText())
                .isGreaterThan(before.path("createdAt").asText());
        assertThat(listed("Recycled")).contains(image);
        assertThat(listed("all")).doesNotContain(image);
        assertThat(listed("Available")).doesNotContain(image);
        assertThat(cloud.api.get("/images/" + image + "/download").code()).isEqualTo("IncorrectImageStatus");
        assertThat(new ApiClient(cloud.uri(), "222222222222")
                        .get("/images/" + image)
                        .status())
                .isEqualTo(404);

        var restored = cloud.api.post("/images/" + image + "/restore", Map.of("name", "silver", "clientToken", "once"));

        assertThat(restored.status()).isEqualTo(200);
        assertThat(restored.body().path("name").asText()).isEqualTo("silver");
        assertThat(restored.body().path("status").asText()).isEqualTo("Available");
        assertThat(restored.body().has("purgeAt")).isFalse();
        assertThat(cloud.api
                        .post("/images/" + image + "/restore", Map.of("name", "silver", "clientToken", "once"))
                        .body())
                .isEqualTo(restored.body());
        var friend = new ApiClient(cloud.uri(), "222222222222")
                .get("/images/" + image)
                .orExplain();
        assertThat(friend.path("name").asText()).isEqualTo("silver");

        assertThat(cloud.api.delete("/images/" + image + "?purge=true").code()).isEqualTo("IncorrectImageStatus");
        cloud.api.delete("/images/" + image + "?force=true").orExplain();
        assertThat(snapshots()).containsAll(kept);
        assertThat(cloud.api.delete("/images/" + image + "?purge=true").status())
                .isEqualTo(204);
        assertThat(cloud.api.get("/images/" + image).status()).isEqualTo(404);
        assertThat(snapshots()).doesNotContainAnyElementsOf(kept);
    }
}
