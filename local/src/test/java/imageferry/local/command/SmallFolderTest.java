package imageferry.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.local.Await;
import imageferry.local.Tree;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A data folder whose images are all deleted is small again. */
@Timeout(400)
@Tag("slow")
class SmallFolderTest {
    private static final int COPIES = 20;

    /** The limit without the unpacked functions. Records that expire, the last journals and the logs remain. */
    private static final long SMALL = 1 << 20;

    @TempDir
    Path folder;

    @Test
    void the_folder_is_small_after_all_images_are_deleted() throws Exception {
        var data = folder.resolve("data");
        try (var cloud = new RunningCloud(data, Map.of())) {
            var golden = cloud.imported(BootDisk.make(folder.resolve("disk.img"), 16), "golden");
            var images = new ArrayList<>(List.of(golden));
            for (var i = 0; i < COPIES; i++) {
                var copy = RunningCloud.only(cloud.copy(golden, RunningCloud.REGIONS.get(1 + i % 2), "copy-" + i));
                images.add(copy.path("imageId").asText());
                cloud.watch.untilEnded(copy.path("copyId").asText());
            }
            for (var image : images.reversed()) {
                cloud.api.delete("/images/" + image).orExplain();
                cloud.api.delete("/images/" + image + "?purge=true").orExplain();
            }
            Await.until(
                    "all bytes to be gone",
                    Duration.ofMinutes(1),
                    () -> Tree.bytes(data.resolve("s3")),
                    // Each bucket keeps the id of its table.
                    bytes -> bytes < 5_000);
        }

        new RunningCloud(data, Map.of()).close();

        assertThat(Tree.bytes(data) - Tree.bytes(data.resolve("functions"))).isLessThan(SMALL);
        assertThat(Tree.of(data).keySet())
                .filteredOn(name -> name.contains("multiparts/"))
                .isEmpty();
    }

    /** Every reader has read the removed part, and reads the next one. */
    @Test
    void changes_after_the_removal_still_start_copies() throws Exception {
        var data = folder.resolve("data");
        var disk = BootDisk.make(folder.resolve("disk.img"), 16);
        for (var name : List.of("first", "second", "third")) {
            try (var cloud = new RunningCloud(data, Map.of())) {
                cloud.imported(disk, name);
            }
        }
    }
}
