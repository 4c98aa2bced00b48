package imageferry.local.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** While the disk cannot be written, an execution waits. Then it continues normally. */
@Timeout(30)
class OutageTest {
    private static final String TWO_CALLS = """
            StartAt: First
            TimeoutSeconds: 3600
            States:
              First:
                Type: Task
                Resource: arn:aws:states:::lambda:invoke
                TimeoutSeconds: 60
                Arguments: {FunctionName: first, Payload: {}}
                Next: Second
              Second:
                Type: Task
                Resource: arn:aws:states:::lambda:invoke
                TimeoutSeconds: 60
                Arguments: {FunctionName: second, Payload: {}}
                End: true
            """;

    @TempDir
    Path temp;

    private Path folder;
    private Path away;
    private final FakeFunctions functions = new FakeFunctions();
    private final FakeTime time = new FakeTime();

    @BeforeEach
    void folders() {
        folder = temp.resolve("executions");
        away = temp.resolve("away");
    }

    @Test
    void a_step_waits_until_it_can_be_written() throws Exception {
        functions.with("first", payload -> outage());
        try (var running = new RunningMachine(folder, TWO_CALLS, functions, time)) {
            var execution = running.executions.start("one", "{}").arn();
            aSecondPasses();
            assertThat(functions.calls).extracting(FakeFunctions.Call::function).containsExactly("first");

            Files.move(away, folder);

            assertThat(endOf(execution, running).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        }
        reopenedIs(TWO_CALLS, ExecutionStatus.SUCCEEDED);
    }

    @Test
    void an_end_waits_until_it_can_be_written() throws Exception {
        functions.with("second", payload -> outage());
        try (var running = new RunningMachine(folder, TWO_CALLS, functions, time)) {
            var execution = running.executions.start("one", "{}").arn();
            aSecondPasses();
            assertThat(running.executions.describe(execution).status()).isEqualTo(ExecutionStatus.RUNNING);

            Files.move(away, folder);

            assertThat(endOf(execution, running).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        }
        reopenedIs(TWO_CALLS, ExecutionStatus.SUCCEEDED);
    }

    @Test
    void an_outage_beyond_the_machines_timeout_ends_the_execution_once_it_can_be_written() throws Exception {
        functions.with("first", payload -> outage());
        try (var running = new RunningMachine(folder, TWO_CALLS, functions, time)) {
            var execution = running.executions.start("one", "{}").arn();
            time.awaitAlarmAt(time.instant().plusSeconds(1));
            time.advance(Duration.ofHours(1));
            // The next try is due, and the machine's timeout comes after it.
            time.goToNextAlarm();
            time.goToNextAlarm();
            Files.move(away, folder);

            assertThat(endOf(execution, running).status()).isEqualTo(ExecutionStatus.TIMED_OUT);
        }
    }

    @Test
    void a_token_whose_answer_cannot_be_written_can_be_answered_again() throws Exception {
        try (var running = new RunningMachine(folder, TokenTest.MACHINE, functions, time)) {
            var execution = running.executions.start("one", "{}").arn();
            var token = TokenTest.token(running);
            outage();
            assertThatThrownBy(() -> running.executions.sendTaskSuccess(token, "{}"))
                    .isInstanceOf(UncheckedIOException.class);
            Files.move(away, folder);

            running.executions.sendTaskSuccess(token, "{}");

            assertThat(endOf(execution, running).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        }
        reopenedIs(TokenTest.MACHINE, ExecutionStatus.SUCCEEDED);
    }

    @Test
    void a_call_happens_even_if_it_cannot_be_recorded() throws Exception {
        functions.with("park", payload -> outage());
        try (var running = new RunningMachine(folder, TokenTest.MACHINE, functions, time)) {
            var execution = running.executions.start("one", "{}").arn();
            var token = TokenTest.token(running);
            Files.move(awaited(away), folder);

            running.executions.sendTaskSuccess(token, "{}");

            assertThat(endOf(execution, running).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        }
    }

    @Test
    void a_start_that_cannot_be_written_is_refused_and_may_be_repeated() throws Exception {
        try (var running = new RunningMachine(folder, TWO_CALLS, functions, time)) {
            outage();
            assertThatThrownBy(() -> running.executions.start("one", "{}")).isInstanceOf(UncheckedIOException.class);
            assertThat(running.executions.list()).isEmpty();
            Files.move(away, folder);

            assertThat(running.run("{}").status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        }
    }

    @Test
    void an_unwritable_disk_stops_function_calls_and_time_limits() throws Exception {
        try (var running = new RunningMachine(folder, TWO_CALLS, functions, time)) {
            running.writable = false;
            var execution = running.executions.start("one", "{}").arn();
            for (var seconds = 0; seconds < 600; seconds++) {
                aSecondPasses();
            }
            assertThat(functions.calls).isEmpty();

            running.writable = true;

            assertThat(endOf(execution, running).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        }
    }

    /** Every write fails without the folder. */
    private InvocationResult outage() {
        try {
            Files.move(folder, away);
            return FakeFunctions.answer("{}");
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Waits until the execution waits for the disk. */
    private void aSecondPasses() throws InterruptedException {
        time.awaitAlarmAt(time.instant().plusSeconds(1));
        time.goToNextAlarm();
    }

    /** Moves the time until the execution has ended. It may be in the middle of a try and need no move. */
    private ExecutionDescription endOf(String execution, RunningMachine running) throws Exception {
        var ended = running.executions.ended(execution);
        while (!ended.isDone()) {
            time.goToAlarmWithin(Duration.ofSeconds(1));
        }
        return ended.get();
    }

    private static Path awaited(Path file) {
        while (!Files.exists(file)) {
            Thread.onSpinWait();
        }
        return file;
    }

    private void reopenedIs(String machine, ExecutionStatus status) {
        try (var running = new RunningMachine(folder, machine)) {
            assertThat(running.executions.list())
                    .singleElement()
                    .extracting(ExecutionDescription::status)
                    .isEqualTo(status);
        }
    }
}
