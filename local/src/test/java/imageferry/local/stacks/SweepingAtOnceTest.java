package imageferry.local.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code ./stacks sweep}. */
class SweepingAtOnceTest {
    private static final String REPORT = "{\"copies\":{\"started\":1},\"bytes\":{\"quarantined\":2},\"failures\":[%s]}";

    @TempDir
    Path folder;

    private RecordedStacks stacks;

    @BeforeEach
    void replaceThePrograms() throws IOException {
        stacks = new RecordedStacks(folder);
    }

    @Test
    void the_sweeper_is_asked_for_everything_and_its_report_is_printed() throws IOException {
        stacks.theGuardSays(REPORT.formatted(""));

        var run = stacks.run("sweep");

        assertThat(run.status()).as(run.errors()).isZero();
        assertThat(run.output().strip()).isEqualTo(REPORT.formatted(""));
        assertThat(stacks.notes().getLast())
                .isEqualTo("sam remote invoke SweepFunction --stack-name imageferry --region us-east-1"
                        + " --event {\"everything\":true}");
    }

    @Test
    void a_report_with_failures_fails() throws IOException {
        stacks.theGuardSays(REPORT.formatted("\"The bucket of eu-west-1: no\""));

        assertThat(stacks.run("sweep").status()).isEqualTo(1);
    }
}
