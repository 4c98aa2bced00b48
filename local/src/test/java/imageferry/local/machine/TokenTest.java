package imageferry.local.machine;

import static imageferry.local.machine.RunningMachine.error;
import static imageferry.local.machine.RunningMachine.output;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageferry.local.machine.CallRefused.Code;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A task token is answered once, in time, by any of its holders. */
@Timeout(30)
class TokenTest {
    static final String MACHINE = """
            StartAt: Await
            States:
              Await:
                Type: Task
                Resource: arn:aws:states:::lambda:invoke.waitForTaskToken
                TimeoutSeconds: 3600
                Arguments:
                  FunctionName: park
                  Payload: {taskToken: '{% $states.context.Task.Token %}'}
                Retry:
                  - {ErrorEquals: [Again], IntervalSeconds: 5, MaxAttempts: 1}
                Output: {woken: '{% $states.result %}'}
                End: true
            """;

    @TempDir
    Path folder;

    static String token(RunningMachine running) throws InterruptedException {
        var call = running.functions.calls.poll(20, TimeUnit.SECONDS);
        return call.payload().path("taskToken").asText();
    }

    private static Code refusal(Runnable call) {
        try {
            call.run();
        } catch (CallRefused refused) {
            return refused.code();
        }
        throw new AssertionError("Not refused");
    }

    @Test
    void success_gives_its_output_as_the_result() throws Exception {
        try (var running = new RunningMachine(folder, MACHINE)) {
            var arn = running.executions.start("one", "{}").arn();
            running.executions.sendTaskSuccess(token(running), "{\"copyId\":\"c-1\"}");

            assertThat(output(running.end(arn)).at("/woken/copyId").asText()).isEqualTo("c-1");
        }
    }

    @Test
    void failure_gives_its_error() throws Exception {
        try (var running = new RunningMachine(folder, MACHINE)) {
            var arn = running.executions.start("one", "{}").arn();
            running.executions.sendTaskFailure(token(running), "CopyCancelled", "by its owner");

            assertThat(error(running.end(arn))).isEqualTo("CopyCancelled");
        }
    }

    @Test
    void a_second_answer_is_too_late() throws Exception {
        try (var running = new RunningMachine(folder, MACHINE)) {
            var arn = running.executions.start("one", "{}").arn();
            var token = token(running);
            running.executions.sendTaskSuccess(token, "1");

            assertThat(refusal(() -> running.executions.sendTaskSuccess(token, "2")))
                    .isEqualTo(Code.TaskTimedOut);
            assertThat(output(running.end(arn)).path("woken").asInt()).isEqualTo(1);
            assertThat(refusal(() -> running.executions.sendTaskSuccess(token, "3")))
                    .isEqualTo(Code.TaskTimedOut);
        }
    }

    @Test
    void after_its_deadline_it_is_closed() throws Exception {
        try (var running = new RunningMachine(folder, MACHINE)) {
            var arn = running.executions.start("one", "{}").arn();
            var token = token(running);

            assertThat(running.time.goToNextAlarm()).isEqualTo(Duration.ofHours(1));
            assertThat(error(running.end(arn))).isEqualTo("States.Timeout");
            assertThat(refusal(() -> running.executions.sendTaskSuccess(token, "1")))
                    .isEqualTo(Code.TaskTimedOut);
        }
    }

    @Test
    void a_retry_brings_a_new_token_and_closes_the_old() throws Exception {
        try (var running = new RunningMachine(folder, MACHINE)) {
            var arn = running.executions.start("one", "{}").arn();
            var first = token(running);
            running.time.awaitAlarmAt(running.time.instant().plusSeconds(3600));
            running.executions.sendTaskFailure(first, "Again", null);
            running.time.awaitAlarmAt(running.time.instant().plusSeconds(5));
            running.time.goToNextAlarm();
            var second = token(running);

            assertThat(second).isNotEqualTo(first);
            assertThat(refusal(() -> running.executions.sendTaskSuccess(first, "1")))
                    .isEqualTo(Code.TaskTimedOut);
            running.executions.sendTaskSuccess(second, "2");
            assertThat(output(running.end(arn)).path("woken").asInt()).isEqualTo(2);
        }
    }

    @Test
    void a_failure_of_its_function_ends_the_wait() throws Exception {
        var functions = new FakeFunctions().with("park", it -> FakeFunctions.error("CopyCancelled", "decided"));
        try (var running = new RunningMachine(folder, MACHINE, functions, new FakeTime())) {
            assertThat(error(running.run("{}"))).isEqualTo("CopyCancelled");
        }
    }

    @Test
    void an_answer_may_come_before_its_function_has_ended() throws Exception {
        try (var running = new RunningMachine(folder, MACHINE)) {
            running.functions.with("park", it -> {
                running.executions.sendTaskSuccess(it.path("taskToken").asText(), "7");
                return FakeFunctions.answer("{}");
            });

            assertThat(output(running.run("{}")).path("woken").asInt()).isEqualTo(7);
        }
    }

    @Test
    void an_invalid_token_and_an_unknown_token_have_different_errors() {
        try (var running = new RunningMachine(folder, MACHINE)) {
            var foreign = TaskToken.create("c-unknown", new Random(1));

            assertThat(refusal(() -> running.executions.sendTaskSuccess("rubbish!", "1")))
                    .isEqualTo(Code.InvalidToken);
            assertThat(refusal(() -> running.executions.sendTaskSuccess(foreign, "1")))
                    .isEqualTo(Code.TaskDoesNotExist);
            assertThat(refusal(() -> running.executions.sendTaskSuccess(foreign, "{")))
                    .isEqualTo(Code.InvalidOutput);
        }
    }

    @Test
    void starting_twice_is_harmless_while_it_runs_and_refused_afterwards() throws Exception {
        try (var running = new RunningMachine(folder, MACHINE)) {
            var first = running.executions.start("one", "{\"a\":1}");

            assertThat(running.executions.start("one", "{ \"a\": 1 }")).isEqualTo(first);
            assertThat(refusal(() -> running.executions.start("one", "{}"))).isEqualTo(Code.ExecutionAlreadyExists);
            running.executions.sendTaskSuccess(token(running), "1");
            running.end(first.arn());
            assertThat(refusal(() -> running.executions.start("one", "{\"a\":1}")))
                    .isEqualTo(Code.ExecutionAlreadyExists);
            assertThat(refusal(() -> running.executions.start("../one", "{}"))).isEqualTo(Code.InvalidName);
            assertThat(refusal(() -> running.executions.start("two", "{"))).isEqualTo(Code.InvalidExecutionInput);
            assertThatThrownBy(() -> running.executions.describe(first.arn() + "x"))
                    .hasMessageContaining("Execution Does Not Exist");
        }
    }
}
