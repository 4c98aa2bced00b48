package imageferry.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Uploads that import themselves, through the whole cloud: the event, the function under its own role, the workflow. */
@Timeout(240)
class SelfImportsTest {
    private static final String HOME = RunningCloud.REGIONS.getFirst();
    private static final byte[] DISK = "i".repeat(100_000).getBytes(StandardCharsets.US_ASCII);

    @TempDir
    static Path folder;

    static RunningCloud cloud;
    static Drops drops;

    @BeforeAll
    static void start() throws Exception {
        cloud = new RunningCloud(folder.resolve("data"), Map.of());
        drops = new Drops(cloud, HOME, "222222222222");
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @Test
    void each_version_of_a_family_becomes_an_image_however_many_older_ones_there_are() throws Exception {
        for (var version = 1; version <= 3; version++) {
            var name = "golden-" + version;
            drops.put(name, DISK, asking(name, Map.of("x-amz-meta-imageferry-family", "golden")));

            assertThat(drops.image(name, "Available").path("family").asText()).isEqualTo("golden");
        }
    }

    private static Map<String, String> asking(String name, Map<String, String> besides) {
        var headers = new HashMap<>(Map.of("x-amz-meta-imageferry-name", name, "x-amz-meta-imageferry-format", "raw"));
        headers.putAll(besides);
        return headers;
    }
}
