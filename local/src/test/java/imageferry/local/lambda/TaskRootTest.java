package imageferry.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.amazonaws.services.lambda.runtime.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskRootTest {
    @TempDir
    Path folder;

    private Path zip;

    @BeforeEach
    void zip() throws IOException {
        zip = folder.resolve("functions.zip");
        write("some/file.txt", "one");
    }

    @Test
    void a_handler_sees_the_zip_the_platform_and_lambdas_interfaces() throws Exception {
        try (var loader = TaskRoot.load(zip, folder.resolve("functions"))) {
            assertThat(loader.getResource("some/file.txt")).isNotNull();
            assertThat(loader.loadClass("java.sql.Date")).isNotNull();
            assertThat(loader.loadClass(Context.class.getName())).isSameAs(Context.class);
        }
    }

    @Test
    void a_class_that_the_zip_lacks_is_missing_here_too() throws IOException {
        try (var loader = TaskRoot.load(zip, folder.resolve("functions"))) {
            assertThatExceptionOfType(ClassNotFoundException.class)
                    .isThrownBy(() -> loader.loadClass("com.fasterxml.jackson.databind.ObjectMapper"));
            assertThatExceptionOfType(ClassNotFoundException.class)
                    .isThrownBy(() -> loader.loadClass(TaskRoot.class.getName()));
        }
    }

    @Test
    void new_content_replaces_the_old() throws IOException {
        TaskRoot.load(zip, folder.resolve("functions")).close();
        TaskRoot.load(zip, folder.resolve("functions")).close();
        write("some/file.txt", "two");
        try (var loader = TaskRoot.load(zip, folder.resolve("functions"));
                var text = loader.getResourceAsStream("some/file.txt");
                var roots = Files.list(folder.resolve("functions"))) {
            assertThat(text.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("two");
            assertThat(roots).hasSize(1);
        }
    }

    @Test
    void other_files_than_unpacked_code_are_kept() throws IOException {
        write("some/file.txt", "one");
        var functions = folder.resolve("functions");
        var elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Files.createDirectories(functions.resolve("0123456789abcdef0123456789abcdef/lib"));
        Files.createDirectories(functions.resolve("unpacking-12"));
        Files.createDirectories(functions.resolve("src"));
        Files.writeString(functions.resolve("main.py"), "mine");
        Files.writeString(functions.resolve("fedcba9876543210fedcba9876543210"), "a file");
        Files.createSymbolicLink(functions.resolve("ffffffffffffffffffffffffffffffff"), elsewhere);

        TaskRoot.load(zip, functions).close();

        try (var left = Files.list(functions)) {
            assertThat(left.map(entry -> entry.getFileName().toString()))
                    .contains("src", "main.py", "fedcba9876543210fedcba9876543210", "ffffffffffffffffffffffffffffffff")
                    .doesNotContain("0123456789abcdef0123456789abcdef", "unpacking-12")
                    .hasSize(5);
        }
    }

    @Test
    void an_entry_that_leads_out_of_the_zip_is_refused() throws IOException {
        write("../outside.txt", "x");

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> TaskRoot.load(zip, folder.resolve("functions")))
                .withRootCauseInstanceOf(IOException.class);
        assertThat(folder.resolve("outside.txt")).doesNotExist();
        assertThat(folder.resolve("functions")).isEmptyDirectory();
    }

    private void write(String name, String text) throws IOException {
        try (var entries = new ZipOutputStream(Files.newOutputStream(zip))) {
            entries.putNextEntry(new ZipEntry(name));
            entries.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
