package imageferry.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import imageferry.local.Tree;
import imageferry.local.data.DataDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs and undelivered messages are started anew above 1 MiB while the process runs, and one older file is kept. */
class BoundedFilesTest {
    private static final String LINE = "x".repeat(9_999);

    @TempDir
    Path folder;

    @Test
    void a_log_that_grows_endlessly_stays_small() {
        try (var log = new FunctionLog("F", folder, Failures.UNHEARD, DataDisk.of(folder))) {
            for (var i = 0; i < 1_000; i++) {
                log.log(LINE + i);
            }
            assertThat(sizes()).isLessThanOrEqualTo(2 * Rotation.LARGEST);
            assertThat(folder.resolve("F.log")).content().endsWith(LINE + "999\n");
            assertThat(folder.resolve("F.log.old")).exists();
        }
    }

    @Test
    void the_limit_of_a_log_includes_the_lines_of_an_earlier_process() throws IOException {
        Files.writeString(folder.resolve("F.log"), "x".repeat((int) Rotation.LARGEST));

        try (var log = new FunctionLog("F", folder, Failures.UNHEARD, DataDisk.of(folder))) {
            log.log("one more");
        }

        assertThat(folder.resolve("F.log")).hasContent("one more\n");
    }

    @Test
    void undelivered_messages_stay_few() throws IOException {
        var undelivered = new Undelivered(folder.resolve("undelivered.jsonl"), Failures.UNHEARD);
        for (var i = 0; i < 1_000; i++) {
            undelivered.add(new ObjectMapper().createObjectNode().put("text", LINE + i));
        }

        assertThat(sizes()).isLessThanOrEqualTo(2 * Rotation.LARGEST + 2L * LINE.length());
        assertThat(folder.resolve("undelivered.jsonl")).content().endsWith("999\"}\n");
    }

    private long sizes() {
        try {
            return Tree.bytes(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
