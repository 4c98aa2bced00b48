package imageferry.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Numbers in sentences do not depend on the locale of the machine. */
class CountTest {
    private static final String GROUPED = "%,";

    @Test
    void a_number_has_its_noun_and_its_groups_in_every_locale() {
        var before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(Count.of(5_242_880, "byte")).isEqualTo("5,242,880 bytes");
            assertThat(Count.of(1, "byte")).isEqualTo("1 byte");
            assertThat(Count.of(0, "entry", "entries")).isEqualTo("0 entries");
        } finally {
            Locale.setDefault(before);
        }
    }

    /** A format with this flag writes 5.242.880 where the JVM speaks German. */
    @Test
    void only_this_class_groups_digits() throws IOException {
        assertThat(groupingDigits("functions")).extracting(Path::getFileName).containsExactly(Path.of("Count.java"));
        assertThat(groupingDigits("local")).isEmpty();
    }

    private static List<Path> groupingDigits(String module) throws IOException {
        try (var files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> lines(file).stream().anyMatch(line -> line.contains(GROUPED)))
                    .toList();
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
