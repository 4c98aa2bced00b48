package imageferry.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed in the middle of a copy continues it after the next start. */
@Timeout(240)
@Tag("slow")
class KilledTest {
    private static final String HOME = "us-east-1";
    private static final String TARGET = "eu-west-1";

    @TempDir
    Path folder;

    @Test
    void a_copy_that_was_killed_in_the_middle_ends_after_a_restart() throws Exception {
        var disk = DiskFile.at(BootDisk.make(folder.resolve("disk.img"), 256));
        String copyId;
        String imageId;
        try (var first = LocalProcess.start(folder.resolve("data"))) {
            var key = "imports/" + Demo.OPERATOR + "/disk";
            first.buckets.upload(HOME, RunningCloud.bucket(HOME), key, disk.file());
            var imported = first.api
                    .post("/images", Map.of("region", HOME, "name", "original", "importKey", key))
                    .orExplain();
            assertThat(first.watch.untilEnded(imported.at("/copy/copyId").asText()))
                    .isEqualTo("Available");
            var copy = RunningCloud.only(first.api.post(
                    "/images/" + imported.at("/image/imageId").asText() + "/copies",
                    Map.of("targets", List.of(Map.of("region", TARGET)))));
            copyId = copy.path("copyId").asText();
            imageId = copy.path("imageId").asText();
            while (!first.api
                    .get("/copies/" + copyId)
                    .body()
                    .path("status")
                    .asText()
                    .equals("Copying")) {
                Thread.onSpinWait();
            }
            first.kill();
        }

        try (var second = LocalProcess.start(folder.resolve("data"))) {
            assertThat(second.watch.untilEnded(copyId)).isEqualTo("Available");
            assertThat(second.api
                            .get("/images/" + imageId)
                            .body()
                            .path("status")
                            .asText())
                    .isEqualTo("Available");
            var bucket = RunningCloud.bucket(TARGET);
            assertThat(second.buckets.openUploads(TARGET, bucket)).isEmpty();
            var keys = second.buckets.keys(TARGET, bucket, "snapshots/");
            assertThat(keys).hasSize(1);
            assertThat(second.buckets.sha256(TARGET, bucket, keys.getFirst())).isEqualTo(disk.sha256());
        }
    }
}
