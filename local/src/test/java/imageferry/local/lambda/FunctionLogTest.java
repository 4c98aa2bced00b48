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
    void what_cannot_be_written_is_dropped_and_counted() throws Exception {
        try (var log = new FunctionLog("F", file.getParent(), Failures.UNHEARD, DataDisk.of(folder))) {
            assertThatCode(() -> log.log("one")).doesNotThrowAnyException();
            assertThatCode(() -> log.log("two")).doesNotThrowAnyException();

            Files.createDirectory(file.getParent());
            log.log("three");
            log.log("four");
        }

        assertThat(file).hasContent("\n2 messages were lost here: the log could not be written.\nthree\nfour\n");
    }
}
