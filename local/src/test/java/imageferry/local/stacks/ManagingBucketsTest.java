package imageferry.local.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands {@code ./stacks orphans} and {@code ./stacks adopt}. */
class ManagingBucketsTest {
    @TempDir
    Path folder;

    private RecordedStacks stacks;

    @BeforeEach
    void replaceThePrograms() throws IOException {
        stacks = new RecordedStacks(folder);
    }

    @Test
    void orphans_are_listed_with_the_command_that_confirms_them() throws IOException {
        stacks.theGuardSays("{\"done\":false,\"count\":2,\"message\":\"2 snapshots without an image\","
                + "\"keys\":[\"snapshots/s-1\",\"snapshots/s-2\"]}");

        var run = stacks.run("orphans", "eu-west-1");

        assertThat(run.status()).as(run.errors()).isZero();
        assertThat(run.output()).isEqualTo("snapshots/s-1\nsnapshots/s-2\n");
        assertThat(run.errors()).isEqualTo("stacks: 2 snapshots without an image\n");
        assertThat(stacks.notes().getLast())
                .isEqualTo("sam remote invoke ManageBucketFunction --stack-name imageferry --region us-east-1"
                        + " --event {\"operation\":\"orphans\",\"region\":\"eu-west-1\",\"count\":null}");
    }

    @Test
    void a_confirmed_number_is_sent_and_a_wrong_one_fails() throws IOException {
        stacks.theGuardSays("{\"done\":true,\"count\":7,\"message\":\"belongs to this installation now\",\"keys\":[]}");
        assertThat(stacks.run("adopt", "eu-west-1", "--confirm", "7").status()).isZero();
        assertThat(stacks.notes().getLast()).endsWith("\"count\":7}");

        stacks.theGuardSays("{\"done\":false,\"count\":8,\"message\":\"8 snapshots, not 7\",\"keys\":[]}");
        assertThat(stacks.run("adopt", "eu-west-1", "--confirm", "7").status()).isEqualTo(1);
    }

    @Test
    void a_number_that_is_none_shows_the_usage() {
        var run = stacks.run("orphans", "eu-west-1", "--confirm", "all");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.errors()).contains("./stacks orphans REGION [--confirm COUNT]");
    }
}
