package imageferry.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One line on the terminal for each failure, and a limited number of lines for an endless failure. */
class FailureLinesTest {
    private static final Path LOG = Path.of("/data/logs/F.log");

    private Instant now = Instant.parse("2026-11-23T10:15:30Z");
    private final List<String> lines = new ArrayList<>();
    private final FailureLines failures = new FailureLines(lines::add, () -> now);

    @Test
    void a_line_names_the_function_the_reason_and_the_file() {
        failures.happened("F", "imports/1 is not imported:\n  it is empty\n", LOG);

        assertThat(lines).containsExactly("F: imports/1 is not imported: it is empty (/data/logs/F.log)");
    }

    @Test
    void a_long_reason_is_cut() {
        failures.happened("F", "x".repeat(10_000), LOG);

        assertThat(lines.getFirst()).hasSizeLessThan(500).contains("x… (");
    }

    @Test
    void an_endlessly_failing_function_gets_ten_lines_and_then_one_a_minute_with_a_count() {
        fail("F", 100);
        assertThat(lines).hasSize(10);

        now = now.plus(Duration.ofSeconds(59));
        fail("F", 1);
        assertThat(lines).hasSize(10);

        now = now.plus(Duration.ofSeconds(1));
        fail("F", 5);
        assertThat(lines).hasSize(11);
        assertThat(lines.getLast()).isEqualTo("F: it broke (/data/logs/F.log; 91 more since the last line)");
    }

    @Test
    void the_limit_of_lines_is_per_function() {
        fail("F", 100);
        fail("G", 1);

        assertThat(lines.getLast()).startsWith("G: ");
    }

    @Test
    void after_ten_minutes_without_failures_the_limit_starts_anew() {
        fail("F", 10);
        now = now.plus(Duration.ofHours(3));
        fail("F", 11);

        assertThat(lines).hasSize(20);
    }

    private void fail(String function, int times) {
        for (var i = 0; i < times; i++) {
            failures.happened(function, "it broke", LOG);
        }
    }
}
