package imageferry.local.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final Instant START = Instant.parse("2026-12-01T10:00:00.123Z");
    private static final Entry PASSED = entry("Deploy", new Outcome.Passed("It answers."));

    private static Entry entry(String name, Outcome outcome) {
        return new Entry(name, "It works.", outcome, Duration.ofMillis(1_234_567));
    }

    private static Report report(Entry... entries) {
        var settings = Runs.settings(null);
        return new Report(settings, START, List.of("$3.72  together"), List.of(entries));
    }

    @Test
    void every_step_has_a_row_with_its_question_its_answer_and_its_duration() {
        assertThat(report(
                                PASSED,
                                entry("Uploads", new Outcome.OnlyAws("No policies.")),
                                entry("Revoke", new Outcome.Skipped("No account.")))
                        .markdown())
                .isEqualTo("""
                        # Imageferry works here, as far as this run shows

                        - **Installation:** prove-a1b2c3
                        - **Regions:** us-east-1, eu-west-1
                        - **Endpoint:** AWS
                        - **Disk:** 1,048,576 bytes
                        - **Started:** 2026-12-01T10:00:00Z
                        - **Result:** 1 passed, 0 failed, 1 only AWS can show, 1 skipped
                        - **Left:** No account.

                        | step | asked | seen | result | seconds |
                        |---|---|---|---|--:|
                        | Deploy | It works. | It answers. | passed | 1,234 |
                        | Uploads | It works. | No policies. | only AWS can show | 1,234 |
                        | Revoke | It works. | No account. | skipped | 1,234 |

                        Cost, as estimated before the start:

                        - $3.72  together
                        """);
    }

    @Test
    void one_failed_step_is_in_the_title() {
        var report = report(PASSED, entry("Copy", new Outcome.Failed("The copy ended as Failed.")));

        assertThat(report.isGood()).isFalse();
        assertThat(report.markdown())
                .startsWith("# Something does not work here\n")
                .contains("| FAILED |");
    }

    @Test
    void a_message_with_lines_and_bars_stays_in_its_cell() {
        assertThat(report(entry("Copy", new Outcome.Failed("a | b\n\tc"))).markdown())
                .contains("| Copy | It works. | a \\| b c | FAILED |");
    }

    @Test
    void an_emulator_is_named() {
        var settings = Runs.settings(URI.create("http://127.0.0.1:4566"));

        assertThat(new Report(settings, START, List.of(), List.of(PASSED)).markdown())
                .contains("- **Endpoint:** http://127.0.0.1:4566 (an emulator)");
    }

    @Test
    void the_last_step_says_whether_anything_is_left() {
        assertThat(report(PASSED, PASSED).markdown()).contains("- **Left:** nothing\n");
        assertThat(report(PASSED, entry("Remove", new Outcome.Failed("Left: a key.")))
                        .markdown())
                .contains("- **Left:** Left: a key.\n");
    }

    @Test
    void a_removal_alone_does_not_say_that_imageferry_works() {
        assertThat(report(PASSED).markdown()).startsWith("# Leftovers of prove-a1b2c3\n");
    }
}
