package imageferry.local.machine;

import static imageferry.local.machine.RunningMachine.cause;
import static imageferry.local.machine.RunningMachine.error;
import static imageferry.local.machine.RunningMachine.output;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.local.machine.definition.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Retry and Catch treat each error as Step Functions does. */
@Timeout(30)
class HandlingTest {
    private static final String MACHINE = """
            StartAt: Work
            States:
              Work:
                Type: Task
                Resource: arn:aws:states:::lambda:invoke
                TIMEOUT
                Arguments:
                  FunctionName: f
                  Payload: {attempt: '{% $states.context.State.RetryCount %}'}
                Retry:
                  - {ErrorEquals: [Busy, Busier], IntervalSeconds: 2, BackoffRate: 3, MaxDelaySeconds: 10, MaxAttempts: 3}
                  - {ErrorEquals: [Dizzy], IntervalSeconds: 100, MaxAttempts: 1, JitterStrategy: FULL}
                Catch:
                  - ErrorEquals: [CAUGHT]
                    Assign: {why: '{% $states.errorOutput.Error %}'}
                    Output: "{% $merge([$states.input, {'error': $states.errorOutput}]) %}"
                    Next: Settle
                Output: '{% $states.result.Payload %}'
                End: true
              Settle:
                Type: Succeed
                Output: {settled: '{% $states.input %}', why: '{% $why %}'}
            """;

    @TempDir
    Path folder;

    private RunningMachine running(String caught, FakeFunctions functions) {
        return running(caught, "", functions);
    }

    private RunningMachine running(String caught, String timeout, FakeFunctions functions) {
        var machine = MACHINE.replace("CAUGHT", caught).replace("TIMEOUT", timeout);
        return new RunningMachine(folder, machine, functions, new FakeTime());
    }

    private ExecutionDescription failing(String error, String caught) throws Exception {
        try (var running = running(caught, new FakeFunctions().with("f", it -> FakeFunctions.error(error, "oh")))) {
            return running.run("{\"id\":1}");
        }
    }

    @Test
    void a_retry_waits_longer_each_time_up_to_its_limit() throws Exception {
        var functions = new FakeFunctions().with("f", it -> FakeFunctions.error("Busy", "later"));
        try (var running = running("States.ALL", functions)) {
            var arn = running.executions.start("one", "{}").arn();

            assertThat(running.time.goToNextAlarm()).isEqualTo(Duration.ofSeconds(2));
            assertThat(running.time.goToNextAlarm()).isEqualTo(Duration.ofSeconds(6));
            assertThat(running.time.goToNextAlarm()).isEqualTo(Duration.ofSeconds(10));
            assertThat(output(running.end(arn)).path("why").asText()).isEqualTo("Busy");
            assertThat(functions.calls)
                    .extracting(call -> call.payload().path("attempt").asInt())
                    .containsExactly(0, 1, 2, 3);
        }
    }

    @Test
    void jitter_shortens_a_wait() throws Exception {
        var functions = new FakeFunctions().with("f", it -> FakeFunctions.error("Dizzy", "later"));
        try (var running = running("States.ALL", functions)) {
            running.executions.start("one", "{}");

            assertThat(running.time.goToNextAlarm()).isBetween(Duration.ZERO, Duration.ofSeconds(99));
        }
    }

    @Test
    void a_retry_that_succeeds_is_a_success() throws Exception {
        var times = new AtomicInteger();
        var functions = new FakeFunctions()
                .with(
                        "f",
                        it -> times.incrementAndGet() < 2
                                ? new InvocationResult.ServiceError("Busier", "")
                                : FakeFunctions.answer("\"done\""));
        try (var running = running("States.ALL", functions)) {
            var arn = running.executions.start("one", "{}").arn();
            running.time.goToNextAlarm();

            assertThat(output(running.end(arn)).asText()).isEqualTo("done");
        }
    }

    @Test
    void a_function_error_has_its_type_and_its_whole_payload() throws Exception {
        var end = failing("imageferry.function.error.CopyRejected", "States.TaskFailed");

        assertThat(output(end).at("/settled/id").asInt()).isEqualTo(1);
        assertThat(output(end).path("why").asText()).isEqualTo("imageferry.function.error.CopyRejected");
        assertThat(Json.read(output(end).at("/settled/error/Cause").asText())
                        .path("errorMessage")
                        .asText())
                .isEqualTo("oh");
    }

    @Test
    void an_uncaught_error_ends_the_execution() throws Exception {
        var end = failing("Other", "Another");

        assertThat(end.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(error(end)).isEqualTo("Other");
        assertThat(cause(end)).contains("oh");
    }

    @Test
    void a_query_error_can_be_caught() throws Exception {
        var machine = MACHINE.replace("CAUGHT", "States.QueryEvaluationError")
                .replace("TIMEOUT", "")
                .replace("State.RetryCount", "Execution.Input.x");
        try (var running = new RunningMachine(folder, machine)) {
            assertThat(output(running.run("{}")).path("why").asText()).isEqualTo("States.QueryEvaluationError");
        }
    }

    @Test
    void too_much_data_is_caught_by_its_own_name_only() throws Exception {
        var large = new FakeFunctions().with("f", it -> FakeFunctions.answer('"' + "x".repeat(262_144) + '"'));
        try (var running = running("States.ALL", large)) {
            assertThat(error(running.run("{}"))).isEqualTo("States.DataLimitExceeded");
        }
        try (var running = running("States.DataLimitExceeded", large)) {
            var arn = running.executions.start("two", "{}").arn();
            assertThat(output(running.end(arn)).path("why").asText()).isEqualTo("States.DataLimitExceeded");
        }
    }

    @Test
    void runtime_errors_cannot_be_caught() throws Exception {
        assertThat(failing("States.Runtime", "States.ALL").status()).isEqualTo(ExecutionStatus.FAILED);
    }

    private ExecutionDescription tooSlow(String caught) throws Exception {
        var never = new CountDownLatch(1);
        var functions = new FakeFunctions().with("f", it -> {
            never.await();
            return FakeFunctions.answer("1");
        });
        try (var running = running(caught, "TimeoutSeconds: 60", functions)) {
            var arn = running.executions.start("one", "{}").arn();
            assertThat(running.time.goToNextAlarm()).isEqualTo(Duration.ofSeconds(60));
            return running.end(arn);
        }
    }

    @Test
    void a_task_that_takes_too_long_times_out() throws Exception {
        assertThat(output(tooSlow("States.ALL")).path("why").asText()).isEqualTo("States.Timeout");
    }

    @Test
    void task_failed_does_not_match_a_timeout() throws Exception {
        assertThat(error(tooSlow("States.TaskFailed"))).isEqualTo("States.Timeout");
    }

    @Test
    void a_machine_has_a_timeout_of_its_own() throws Exception {
        try (var running = new RunningMachine(folder, """
                TimeoutSeconds: 30
                StartAt: Rest
                States:
                  Rest: {Type: Wait, Seconds: 3000, End: true}
                """)) {
            var arn = running.executions.start("one", "{}").arn();
            running.time.awaitAlarmAt(running.time.instant().plusSeconds(3000));

            assertThat(running.time.goToNextAlarm()).isEqualTo(Duration.ofSeconds(30));
            assertThat(running.end(arn).status()).isEqualTo(ExecutionStatus.TIMED_OUT);
        }
    }
}
