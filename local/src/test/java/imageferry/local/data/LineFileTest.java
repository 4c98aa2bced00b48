package imageferry.local.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageferry.local.TinyDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineFileTest {
    @TempDir
    Path folder;

    @Test
    void a_torn_line_is_removed_before_the_next_one_is_written() throws Exception {
        var file = Files.writeString(folder.resolve("lines"), "one\ntw");

        new LineFile(file).append("three");

        assertThat(file).hasContent("one\nthree\n");
    }

    @Test
    void a_torn_line_is_not_read() throws Exception {
        var file = Files.writeString(folder.resolve("lines"), "one\ntw");

        assertThat(new LineFile(file).read()).isEqualTo("one\n");
        assertThat(file).hasContent("one\n");
    }

    @Test
    void a_line_without_room_is_removed() throws Exception {
        try (var disk = TinyDisk.mount(folder.resolve("disk"), "size=1m")) {
            var lines = new LineFile(disk.path().resolve("lines"));
            lines.append("one");
            disk.fill(0);

            // The rest of the page takes the first 4 KiB.
            assertThatThrownBy(() -> lines.append("x".repeat(5000))).isInstanceOf(IOException.class);
            assertThat(disk.path().resolve("lines")).hasContent("one\n");

            disk.free();
            lines.append("two");
            assertThat(lines.read()).isEqualTo("one\ntwo\n");
        }
    }
}
