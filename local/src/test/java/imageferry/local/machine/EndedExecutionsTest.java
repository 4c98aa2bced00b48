package imageferry.local.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import imageferry.local.Tree;
import imageferry.local.machine.definition.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The folder of executions keeps all running ones and the last ended ones. */
@Timeout(60)
class EndedExecutionsTest {
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
    void the_oldest_ended_executions_are_forgotten_with_their_journals() throws Exception {
        try (var running = new RunningMachine(folder, STATES)) {
            var waiting = running.executions.start("waiting", "{\"wait\":true}").arn();
            run(running, 0, EndedExecutions.KEPT + 3);

            assertThat(kept()).hasSize(EndedExecutions.KEPT + 1).doesNotContain("e-0.jsonl", "e-1.jsonl", "e-2.jsonl");
            assertThat(running.executions.list()).hasSize(EndedExecutions.KEPT + 1);
            assertThat(running.executions.describe(waiting).status()).isEqualTo(ExecutionStatus.RUNNING);
            assertThatExceptionOfType(CallRefused.class)
                    .isThrownBy(() -> running.executions.describe(RunningMachine.NAME.executionArn("e-0")));
        }
        try (var again = new RunningMachine(folder, STATES)) {
            assertThat(again.executions.list()).hasSize(EndedExecutions.KEPT + 1);
            run(again, 1_000, 5);

            assertThat(kept()).hasSize(EndedExecutions.KEPT + 1).contains("waiting.jsonl", "e-1004.jsonl");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 40, 60})
    void a_journal_whose_start_was_torn_is_removed(int bytes) throws IOException {
        var start = Json.write(
                new HistoryEvent.ExecutionStarted("torn", Json.read("{\"copyId\":\"c-1\"}"), "2026-11-30T12:00:00Z"));
        Files.writeString(folder.resolve("torn.jsonl"), start.substring(0, bytes));

        new RunningMachine(folder, STATES).close();

        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "my only copy",
                "{\"my\":\"notes\"}\n",
                "{\"my\":\"notes\"}\nand a last line",
                "{\"event\":\"started\",\"name\":\"another\",\"input\":{},\"at\":\"2026-11-30T12:00:00Z\"}\n",
                "{\"event\":\"started\",\"name\":\"todo\",\"of\":\"mine\"}\n"
            })
    void a_file_that_is_not_a_journal_is_neither_deleted_nor_changed(String content) throws Exception {
        Files.writeString(folder.resolve("todo.jsonl"), content);
        Files.createDirectory(folder.resolve("folder.jsonl"));
        var before = Tree.of(folder);

        try (var running = new RunningMachine(folder, STATES)) {
            assertThat(running.executions.list()).isEmpty();
            if (!content.isEmpty()) {
                assertThatExceptionOfType(UncheckedIOException.class)
                        .isThrownBy(() -> running.executions.start("todo", "{}"));
            }
        }

        assertThat(Tree.of(folder)).isEqualTo(before);
    }

    @Test
    void a_damaged_journal_is_named_and_not_changed() throws Exception {
        try (var running = new RunningMachine(folder, STATES)) {
            run(running, 0, 1);
        }
        var file = folder.resolve("e-0.jsonl");
        Files.writeString(file, "nonsense\n{\"event\":\"ent", StandardOpenOption.APPEND);

        assertThatExceptionOfType(DamagedJournal.class)
                .isThrownBy(() -> new RunningMachine(folder, STATES).close())
                .withMessageContaining(file.toString())
                .withMessageContaining("move the file");
        assertThat(file).content().contains("nonsense\n");
    }

    /** Another thread starts an execution of each forgotten name, as soon as that is no longer refused. */
    @Test
    void an_execution_that_starts_during_the_removal_of_its_name_keeps_its_journal() throws Exception {
        try (var running = new RunningMachine(folder, STATES)) {
            run(running, 0, EndedExecutions.KEPT);
            var again = CompletableFuture.runAsync(
                    () -> {
                        for (var i = 0; i < 90; i++) {
                            startAgain(running, "e-" + i);
                        }
                    },
                    Thread.ofPlatform().daemon()::start);
            run(running, EndedExecutions.KEPT, 100);
            again.get(20, TimeUnit.SECONDS);

            for (var i = 0; i < 90; i++) {
                assertThat(folder.resolve("e-" + i + ".jsonl")).content().contains("\"wait\":true");
            }
        }
    }

    private static void startAgain(RunningMachine running, String name) {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (System.nanoTime() < end) {
            try {
                running.executions.start(name, "{\"wait\":true}");
                return;
            } catch (CallRefused stillKnown) {
                Thread.onSpinWait();
            }
        }
        throw new AssertionError(name + " is not forgotten");
    }

    private String[] kept() {
        return folder.toFile().list();
    }

    private static void run(RunningMachine running, int first, int count) throws Exception {
        for (var i = first; i < first + count; i++) {
            running.end(running.executions.start("e-" + i, "{}").arn());
        }
    }
}
