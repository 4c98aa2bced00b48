package imageferry.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Numbers in sentences do not depend on the locale of the machine. */
class CountTest {
    private static final String GROUPED = "%,";
    private static final Pattern NOUN_AFTER_NUMBER = Pattern.compile(
            "%d [a-z]+s\\b(?<! is| has)|\\+ \" (bytes|characters|entries|items|parts|sectors|grains|bits|blocks"
                    + "|snapshots|accounts|instances|images|copies|files|places|tags|regions|times|tries)\\b");

    @Test
    void a_number_has_its_noun_and_its_groups_in_every_locale() {
        var before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(Count.of(5_242_880, "byte")).isEqualTo("5,242,880 bytes");
            assertThat(Count.of(1, "byte")).isEqualTo("1 byte");
            assertThat(Count.of(0, "entry", "entries")).isEqualTo("0 entries");
            assertThat(Count.ofUnsigned(-1)).isEqualTo("18,446,744,073,709,551,615");
        } finally {
            Locale.setDefault(before);
        }
    }

    /** A sentence that puts a number before a plural will say "1 bytes" some day. */
    @Test
    void only_this_class_puts_a_number_before_a_noun() throws IOException {
        assertThat(linesLike("functions", NOUN_AFTER_NUMBER)).isEmpty();
    }

    /** A format with this flag writes 5.242.880 in a JVM with a German locale. */
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

    private static List<String> linesLike(String module, Pattern pattern) throws IOException {
        try (var files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(file -> lines(file).stream().filter(pattern.asPredicate()))
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
