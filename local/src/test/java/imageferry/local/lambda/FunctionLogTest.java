package imageferry.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import imageferry.local.data.DataDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunctionLogTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void aFolderThatIsMissing() {
        file = folder.resolve("logs/F.log");
    }

    @Test
    void lines_that_cannot_be_written_are_dropped_and_counted() throws Exception {
        try (var log = new FunctionLog("F", file.getParent(), Failures.UNHEARD, DataDisk.of(folder))) {
            assertThatCode(() -> log.log("one")).doesNotThrowAnyException();
            assertThatCode(() -> log.log("two")).doesNotThrowAnyException();

            Files.createDirectory(file.getParent());
            log.log("three");
            log.log("four");
        }

        assertThat(file).hasContent("\nLost here, as the log could not be written: 2 messages\nthree\nfour\n");
    }

    @Test
    void a_log_that_was_removed_or_cannot_be_moved_is_written_again() throws Exception {
        var line = "x".repeat((int) Rotation.LARGEST - 10);
        try (var log = new FunctionLog("F", folder, Failures.UNHEARD, DataDisk.of(folder))) {
            var written = folder.resolve("F.log");
            log.log(line);
            Files.delete(written);
            log.log("after the removal");
            assertThat(written).hasContent("after the removal\n");

            log.log(line);
            var inTheWay = folder.resolve("F.log.old");
            Files.delete(inTheWay);
            Files.createDirectories(inTheWay.resolve("folder"));
            assertThatCode(() -> log.log(line)).doesNotThrowAnyException();
            Files.delete(inTheWay.resolve("folder"));
            log.log("after the failure");
            assertThat(written)
                    .content()
                    .contains("could not be written: 1 message\n")
                    .endsWith("after the failure\n");
        }
    }
}
