package imageferry.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy of a new version moves only new parts, and is proven like any other. */
@Tag("slow")
class NewVersionsTest {
    private static final String HOME = RunningCloud.REGIONS.get(0);
    private static final String AWAY = RunningCloud.REGIONS.get(1);
    private static final int MIB = 1 << 20;

    @TempDir
    Path folder;

    @Test
    void move_only_the_parts_that_changed() throws Exception {
        try (var cloud = new RunningCloud(folder.resolve("data"), Map.of())) {
            var disk = BootDisk.make(folder.resolve("v1.img"), 64);
            copied(cloud, imported(cloud, disk, "v1"));
            var bytes = Files.readAllBytes(disk);
            bytes[bytes.length / 2] ^= 1;
            var changed = Files.write(folder.resolve("v2.img"), bytes);

            var copy = copied(cloud, imported(cloud, changed, "v2"));

            var partSize = cloud.api
                    .get("/images/" + copy.path("imageId").asText())
                    .orExplain()
                    .at("/checksum/partSizeBytes")
                    .asLong();
            assertThat(copy.path("bytesSaved").asLong()).isEqualTo(64L * MIB - partSize);
            assertThat(cloud.api.get("/usage").orExplain().at("/moved/0/bytes").asLong())
                    .isEqualTo(64L * MIB + partSize);
            assertThat(cloud.buckets.keys(AWAY, RunningCloud.bucket(AWAY), "snapshots/"))
                    .hasSize(2);
        }
    }

    @Test
    void have_the_part_size_of_older_versions_also_after_a_retried_import() throws Exception {
        try (var cloud = new RunningCloud(folder.resolve("data"), Map.of())) {
            var disk = BootDisk.make(folder.resolve("v1.img"), 16);
            var first = cloud.api.get("/images/" + imported(cloud, disk, "v1")).orExplain();
            var checksum = first.at("/checksum/value").asText();
            var another = "A".repeat(43) + "=" + checksum.substring(checksum.indexOf('-'));
            var failed = importing(cloud, disk, "v2", Map.of("expectedChecksum", another));
            assertThat(cloud.watch.untilEnded(failed)).isEqualTo("Failed");

            var retried = Request.of("POST", "/copies/" + failed + "/retry")
                    .send(cloud.uri(), Demo.OPERATOR)
                    .expectDone()
                    .at("/copy/copyId")
                    .asText();

            assertThat(cloud.watch.untilEnded(retried)).isEqualTo("Failed");
            assertThat(cloud.api
                            .get("/copies/" + retried)
                            .orExplain()
                            .at("/reason/detail")
                            .asText())
                    .contains(checksum);
        }
    }

    private static String importing(RunningCloud cloud, Path disk, String name, Map<String, String> besides)
            throws Exception {
        var key = "imports/" + Demo.OPERATOR + "/" + name;
        cloud.buckets.upload(HOME, RunningCloud.bucket(HOME), key, disk);
        var body = new HashMap<String, String>(Map.of("region", HOME, "name", name, "family", "web", "importKey", key));
        body.putAll(besides);
        return cloud.api.post("/images", body).orExplain().at("/copy/copyId").asText();
    }

    private static String imported(RunningCloud cloud, Path disk, String name) throws Exception {
        var copyId = importing(cloud, disk, name, Map.of());
        assertThat(cloud.watch.untilEnded(copyId)).isEqualTo("Available");
        return cloud.api.get("/copies/" + copyId).orExplain().path("imageId").asText();
    }

    private static JsonNode copied(RunningCloud cloud, String image) throws Exception {
        var target = Map.of("region", AWAY);
        var copy =
                RunningCloud.only(cloud.api.post("/images/" + image + "/copies", Map.of("targets", List.of(target))));
        var copyId = copy.path("copyId").asText();
        assertThat(cloud.watch.untilEnded(copyId)).isEqualTo("Available");
        return cloud.api.get("/copies/" + copyId).orExplain();
    }
}
