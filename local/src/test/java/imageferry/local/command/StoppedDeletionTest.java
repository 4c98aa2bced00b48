package imageferry.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.local.Await;
import imageferry.local.store.AccessCheck;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A deletion that a kill stopped after its decision is finished when local mode starts again. */
@Timeout(240)
@Tag("slow")
class StoppedDeletionTest {
    private static final String HOME = "us-east-1";

    /** Each refusal simulates the end of the process at this moment. */
    private static final AccessCheck NO_BYTES_ARE_DELETED =
            (key, action, resource, leadingKeys) -> action.equals("s3:DeleteObject") && resource.contains("/snapshots/")
                    ? Optional.of("not before the restart")
                    : Optional.empty();

    @TempDir
    Path folder;

    @Test
    void the_bytes_are_deleted_at_the_start_and_not_minutes_later() throws Exception {
        var data = folder.resolve("data");
        try (var before = new RunningCloud(data, Map.of(), NO_BYTES_ARE_DELETED)) {
            var image = before.imported(BootDisk.make(folder.resolve("disk.img"), 16), "golden");
            before.api.delete("/images/" + image);
            before.api.delete("/images/" + image + "?purge=true");
            assertThat(before.api.get("/images/" + image).status()).isEqualTo(404);
            assertThat(snapshots(before)).hasSize(1);
        }

        try (var after = new RunningCloud(data, Map.of())) {
            Await.until("the bytes to be gone", Duration.ofMinutes(1), () -> snapshots(after), List::isEmpty);
        }
    }

    private static List<String> snapshots(RunningCloud cloud) {
        return cloud.buckets.keys(HOME, RunningCloud.bucket(HOME), "snapshots/");
    }
}
