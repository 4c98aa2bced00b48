package imageferry.local.machine;

import static imageferry.local.machine.RunningMachine.cause;
import static imageferry.local.machine.RunningMachine.error;
import static imageferry.local.machine.RunningMachine.output;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.local.machine.definition.Json;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each kind of state behaves as the language defines. */
@Timeout(30)
class StatesTest {
    private static final String TASK = """
            StartAt: Work
            States:
              Work:
                Type: Task
                Resource: arn:aws:states:::lambda:invoke
                Arguments:
                  FunctionName: f
                  Payload: {id: '{% $states.input.id %}', list: [1, '{% $states.input.id %}'], fixed: null}
                End: true
            """;

    @TempDir
    Path folder;

    private ExecutionDescription run(String states, String input) throws Exception {
        try (var running = new RunningMachine(folder, states)) {
            return running.run(input);
        }
    }

    @Test
    void a_task_calls_its_function_and_gives_the_whole_result() throws Exception {
        var end = run(TASK, "{\"id\":\"c-1\"}");

        assertThat(end.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(output(end)).isEqualTo(Json.read("""
                {"ExecutedVersion":"$LATEST","StatusCode":200,"Payload":{"id":"c-1","list":[1,"c-1"],"fixed":null}}"""));
    }

    @Test
    void a_field_that_is_absent_fails_the_query() throws Exception {
        var end = run(TASK, "{}");

        assertThat(end.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(error(end)).isEqualTo("States.QueryEvaluationError");
        assertThat(cause(end)).contains("$states.input.id", "States.Work.Arguments.Payload.id", "nothing");
    }

    @Test
    void a_null_is_a_value() throws Exception {
        var end = run(TASK, "{\"id\":null}");

        assertThat(output(end).at("/Payload/id").isNull()).isTrue();
    }

    @Test
    void variables_are_seen_by_later_states_as_they_were_on_entry() throws Exception {
        var end = run("""
                StartAt: One
                States:
                  One:
                    Type: Pass
                    Assign: {n: 1}
                    Next: Two
                  Two:
                    Type: Pass
                    Assign: {n: '{% $n + 1 %}', m: '{% $n %}'}
                    Output: '{% $n %}'
                    Next: Three
                  Three:
                    Type: Succeed
                    Output: {before: '{% $states.input %}', n: '{% $n %}', m: '{% $m %}'}
                """, "{}");

        assertThat(output(end)).isEqualTo(Json.read("{\"before\":1,\"n\":2,\"m\":1}"));
    }

    private static final String CHOICE = """
            StartAt: Which?
            States:
              Which?:
                Type: Choice
                Choices:
                  - Condition: "{% $states.input.n > 10 %}"
                    Output: big
                    Next: Done
                  - Condition: "{% $states.input.n > 5 %}"
                    Next: Done
            DEFAULT
              Done:
                Type: Succeed
            """;

    @Test
    void a_choice_follows_the_first_true_condition_and_passes_its_input() throws Exception {
        assertThat(output(run(CHOICE.replace("DEFAULT", ""), "{\"n\":11}")).asText())
                .isEqualTo("big");
    }

    @Test
    void a_choice_without_output_passes_its_input() throws Exception {
        assertThat(output(run(CHOICE.replace("DEFAULT", ""), "{\"n\":6}"))).isEqualTo(Json.read("{\"n\":6}"));
    }

    @Test
    void a_choice_without_a_true_condition_takes_its_default() throws Exception {
        var states = CHOICE.replace("DEFAULT", "    Default: Done\n    Output: small");

        assertThat(output(run(states, "{\"n\":1}")).asText()).isEqualTo("small");
    }

    @Test
    void a_choice_without_a_true_condition_and_default_fails() throws Exception {
        assertThat(error(run(CHOICE.replace("DEFAULT", ""), "{\"n\":1}"))).isEqualTo("States.NoChoiceMatched");
    }

    @Test
    void a_condition_must_be_true_or_false() throws Exception {
        var end = run(CHOICE.replace("DEFAULT", "").replace("$states.input.n > 10", "$states.input.n"), "{\"n\":1}");

        assertThat(error(end)).isEqualTo("States.QueryEvaluationError");
    }

    @Test
    void a_wait_ends_at_its_time() throws Exception {
        try (var running = new RunningMachine(folder, """
                StartAt: Rest
                States:
                  Rest: {Type: Wait, Seconds: '{% $states.input.s %}', Next: Done}
                  Done: {Type: Succeed}
                """)) {
            var arn = running.executions.start("one", "{\"s\":90}").arn();

            assertThat(running.time.goToNextAlarm()).isEqualTo(Duration.ofSeconds(90));
            assertThat(output(running.end(arn))).isEqualTo(Json.read("{\"s\":90}"));
        }
    }

    @Test
    void a_fail_has_error_and_cause() throws Exception {
        var end = run("""
                StartAt: Stop
                States:
                  Stop: {Type: Fail, Error: My.Error, Cause: "{% 'because of ' & $states.input %}"}
                """, "\"you\"");

        assertThat(end.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(error(end)).isEqualTo("My.Error");
        assertThat(cause(end)).isEqualTo("because of you");
    }

    @Test
    void the_context_names_execution_state_and_machine() throws Exception {
        var end = run("""
                StartAt: Look
                States:
                  Look: {Type: Pass, Output: '{% $states.context %}', End: true}
                """, "7");

        assertThat(output(end)).isEqualTo(Json.read("""
                {"Execution":{"Id":"arn:aws:states:us-east-1:111111111111:execution:CopyImage:one","Name":"one",
                 "StartTime":"2026-11-23T10:00:00Z","Input":7},
                 "StateMachine":{"Id":"arn:aws:states:us-east-1:111111111111:stateMachine:CopyImage","Name":"CopyImage"},
                 "State":{"Name":"Look","EnteredTime":"2026-11-23T10:00:00Z","RetryCount":0}}"""));
    }

    @Test
    void more_than_256_KiB_is_refused() throws Exception {
        var end = run("""
                StartAt: Grow
                States:
                  Grow:
                    Type: Pass
                    Output: "{% $states.input & $states.input & 'x' %}"
                    End: true
                """, '"' + "x".repeat(131_071) + '"');

        assertThat(error(end)).isEqualTo("States.DataLimitExceeded");
    }
}
