package imageferry.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.local.lint.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Schemathesis, which only knows the contract, finds no answer that the contract does not allow. It sends requests that
 * match the schemas and requests that do not, and follows the links with the ids of earlier answers. Other requests:
 * {@code -Dschemathesis.seed=…}.
 */
@Timeout(500)
@Tag("full")
class SchemathesisTest {
    private static final int UPLOADS = 40;
    private static final String SEED = System.getProperty("schemathesis.seed", "20261130");

    @TempDir
    Path folder;

    @Test
    void finds_nothing() throws Exception {
        var schemathesis = Tool.wanted("schemathesis", "schemathesis");
        // It reads its hooks from its current folder, and writes its notes there.
        for (var file : List.of("schemathesis.toml", "hooks.py")) {
            try (var shipped = SchemathesisTest.class.getResourceAsStream("/imageferry/local/clients/" + file)) {
                Files.copy(shipped, folder.resolve(file));
            }
        }
        var keys = IntStream.range(0, UPLOADS)
                .mapToObj(i -> "imports/" + Demo.OPERATOR + "/disk-" + i + ".img")
                .toList();
        // Every copy waits for approval, so that there is something to cancel, to retry and to decide.
        try (var cloud = new RunningCloud(folder.resolve("data"), Map.of("ApprovalAboveBytes", "60000"))) {
            var disk = SmallDisk.make(folder.resolve("small.img"), 1 << 16);
            for (var region : RunningCloud.REGIONS) {
                for (var key : keys) {
                    cloud.buckets.upload(region, RunningCloud.bucket(region), key, disk);
                }
            }
            var command = Tool.start(
                    folder,
                    List.of(
                            schemathesis.program().toString(),
                            "--config-file=schemathesis.toml",
                            "run",
                            Tool.HOME
                                    .resolve("openapi.yaml")
                                    .toAbsolutePath()
                                    .normalize()
                                    .toString(),
                            "--url=" + cloud.uri(),
                            "--seed=" + SEED));
            command.environment().put("REGIONS", String.join(",", RunningCloud.REGIONS));
            command.environment().put("IMPORT_KEYS", String.join(",", keys));

            var run = Tool.run(command);

            assertThat(run.status()).as(run.output() + run.errors()).isZero();
            assertThat(run.output()).contains("Selected: 28/28", "Tested: 28");
        }
    }
}
