package imageferry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The retries of the state machine. The language has no anchors, so one policy is repeated in many places. */
class RetryTest {
    private static final String SETTLE = "Settle Copy";
    /** The quota of one execution. */
    private static final int MOST_EVENTS = 25_000;
    /** A call is scheduled, started and ended. */
    private static final int EVENTS_OF_A_CALL = 3;

    private static final List<String> LOST_CALL = List.of("Sandbox.Timedout", "Runtime.ExitError", "Lambda.Unknown");

    @Test
    void every_task_has_the_same_retries_for_transient_errors() {
        var transients = ordinaryTasks().values().stream()
                .map(task -> List.of(task.at("/Retry/0"), task.at("/Retry/1"), task.at("/Retry/2")))
                .distinct()
                .toList();

        assertThat(transients).hasSize(1);
        assertThat(errors(transients.getFirst().get(0)))
                .containsExactly(
                        "Lambda.ServiceException",
                        "Lambda.AWSLambdaException",
                        "Lambda.SdkClientException",
                        "Lambda.ClientExecutionTimeoutException");
        assertThat(errors(transients.getFirst().get(1))).containsExactly("Lambda.TooManyRequestsException");
        assertThat(errors(transients.getFirst().get(2)))
                .containsExactly("imageferry.function.error.TemporarilyUnavailable");
    }

    @Test
    void a_lost_call_is_repeated_a_few_times() {
        ordinaryTasks().forEach((name, task) -> {
            assertThat(task.get("Retry")).as(name).hasSize(4);
            assertThat(errors(task.at("/Retry/3"))).as(name).containsAll(LOST_CALL);
            assertThat(task.at("/Retry/3/MaxAttempts").asInt()).as(name).isBetween(2, 5);
        });
    }

    @Test
    void an_expired_wait_of_days_is_not_started_again() {
        ordinaryTasks()
                .forEach((name, task) -> assertThat(errors(task.at("/Retry/3")).contains("States.Timeout"))
                        .as(name)
                        .isNotEqualTo(States.waitsForToken(task)));
    }

    /** The tries of all workers must leave room for the other events of an execution's history. */
    @Test
    void a_throttled_start_is_repeated_for_hours_within_the_quota_of_events() {
        ordinaryTasks()
                .forEach((name, task) ->
                        assertThat(lastsHours(task.at("/Retry/1"))).as(name).isTrue());
        var workers = Shipped.TEMPLATE.at("/Parameters/CopyWorkers/Default").asInt();
        var tries = States.tasks().get("Copy Batch").at("/Retry/1/MaxAttempts").asInt();

        assertThat(workers * tries * EVENTS_OF_A_CALL).isLessThan(MOST_EVENTS / 2);
    }

    @Test
    void settling_is_repeated_for_hours_after_any_error() {
        var retry = States.tasks().get(SETTLE).get("Retry");

        assertThat(retry).hasSize(1);
        assertThat(errors(retry.get(0))).containsExactly("States.TaskFailed", "States.Timeout");
        assertThat(lastsHours(retry.get(0))).isTrue();
    }

    /** The mean of a wait with full jitter is half its limit. */
    private static boolean lastsHours(JsonNode retry) {
        var half = retry.get("MaxDelaySeconds").asInt() / 2;
        return retry.get("MaxAttempts").asInt() * half > 3 * 60 * 60;
    }

    @Test
    void every_retry_waits_longer_up_to_a_limit_with_random_jitter() {
        for (var task : States.tasks().values()) {
            for (var retry : task.get("Retry")) {
                assertThat(retry.get("JitterStrategy").asText()).isEqualTo("FULL");
                assertThat(retry.get("BackoffRate").asDouble()).isGreaterThan(1);
                assertThat(retry.get("MaxDelaySeconds").asInt())
                        .isGreaterThan(retry.get("IntervalSeconds").asInt());
            }
        }
    }

    private static Map<String, JsonNode> ordinaryTasks() {
        var tasks = States.tasks();
        tasks.remove(SETTLE);
        return tasks;
    }

    private static List<String> errors(JsonNode retry) {
        var errors = new ArrayList<String>();
        retry.get("ErrorEquals").forEach(error -> errors.add(error.asText()));
        return errors;
    }
}
