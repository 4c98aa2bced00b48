package imageferry.local.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import imageferry.local.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The folder of executions keeps all that run, and of those that ended the last ones only. */
@Timeout(60)
class EndedTest {
    private static final String STATES = """
            StartAt: Wait?
            States:
              Wait?:
                Type: Choice
                Choices: [{Condition: "{% $states.input.wait = true %}", Next: Wait}]
                Default: Done
              Wait: {Type: Wait, Seconds: 3600, Next: Done}
              Done: {Type: Succeed}
            """;

    @TempDir
    Path folder;

    @Test
    void the_oldest_that_ended_are_forgotten_with_their_journals() throws Exception {
        try (var bench = new Bench(folder, STATES)) {
            String waiting =
                    bench.executions.start("waiting", "{\"wait\":true}").arn();
            run(bench, 0, Ended.KEPT + 3);

            assertThat(Tree.of(folder)).hasSize(Ended.KEPT + 1).doesNotContainKeys("e-0.jsonl", "e-2.jsonl");
            assertThat(bench.executions.list()).hasSize(Ended.KEPT + 1);
            assertThat(bench.executions.describe(waiting).status()).isEqualTo(ExecutionStatus.RUNNING);
            assertThatExceptionOfType(CallRefused.class)
                    .isThrownBy(() -> bench.executions.describe(Bench.NAME.executionArn("e-0")));
        }
        try (var again = new Bench(folder, STATES)) {
            assertThat(again.executions.list()).hasSize(Ended.KEPT + 1);
            run(again, 1_000, 5);

            assertThat(Tree.of(folder)).hasSize(Ended.KEPT + 1).containsKeys("waiting.jsonl", "e-1004.jsonl");
        }
    }

    @Test
    void a_journal_whose_start_was_torn_is_removed() throws IOException {
        Files.writeString(folder.resolve("torn.jsonl"), "{\"type\":\"started\",\"na");

        new Bench(folder, STATES).close();

        assertThat(folder).isEmptyDirectory();
    }

    private static void run(Bench bench, int first, int count) throws Exception {
        for (int i = first; i < first + count; i++) {
            bench.end(bench.executions.start("e-" + i, "{}").arn());
        }
    }
}
