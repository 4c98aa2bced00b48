package imageferry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The shape of the state machine: its transitions, its time limits and its calls. */
class StateMachineTest {
    private static final int DAY = 24 * 60 * 60;
    private static final Set<String> ENDS = Set.of("Succeed", "Fail");

    @Test
    void every_transition_leads_to_a_state_of_its_own_scope() {
        for (var scope : States.scopes()) {
            assertThat(scope.states()).containsKey(scope.startAt());
            scope.states()
                    .forEach((name, state) ->
                            assertThat(scope.states().keySet()).as(name).containsAll(States.next(state)));
        }
    }

    @Test
    void every_state_is_reached_and_has_a_next_state_or_ends() {
        for (var scope : States.scopes()) {
            var reached = new HashSet<String>();
            var open = new ArrayDeque<>(Set.of(scope.startAt()));
            while (!open.isEmpty()) {
                var name = open.pop();
                if (reached.add(name)) {
                    open.addAll(States.next(scope.states().get(name)));
                }
            }

            assertThat(reached).isEqualTo(scope.states().keySet());
            scope.states()
                    .forEach((name, state) -> assertThat(States.next(state).isEmpty())
                            .as(name)
                            .isEqualTo(ENDS.contains(state.get("Type").asText())));
        }
    }

    @Test
    void every_state_says_why_it_is_there() {
        States.all()
                .forEach((name, state) ->
                        assertThat(state.path("Comment").asText()).as(name).hasSizeGreaterThan(40));
    }

    @Test
    void it_speaks_jsonata_only() {
        assertThat(Shipped.MACHINE.get("QueryLanguage").asText()).isEqualTo("JSONata");
        var jsonPathOnly = List.of("InputPath", "Parameters", "ResultPath", "OutputPath", "ResultSelector");
        assertThat(States.all().values())
                .allSatisfy(state -> assertThat(jsonPathOnly).noneMatch(state::has));
    }

    @Test
    void a_task_has_a_longer_time_limit_than_its_function() {
        States.tasks()
                .forEach((name, task) -> assertThat(task.get("TimeoutSeconds").asInt())
                        .as(name)
                        .isGreaterThan(Shipped.timeout(States.function(task))));
    }

    @Test
    void the_wait_for_a_ticket_is_30_days_and_for_a_slot_7() {
        assertThat(States.tasks().get("Await Approval").get("TimeoutSeconds").asInt())
                .isEqualTo(30 * DAY);
        assertThat(States.tasks().get("Await Slot").get("TimeoutSeconds").asInt())
                .isEqualTo(7 * DAY);
    }

    @Test
    void every_task_calls_a_function_of_the_template() {
        assertThat(States.tasks())
                .allSatisfy((name, task) -> assertThat(Shipped.functions()).containsKey(States.function(task)));
    }

    @Test
    void only_tasks_that_park_pass_their_token() {
        States.tasks()
                .forEach(
                        (name, task) -> assertThat(task.at("/Arguments/Payload").has("taskToken"))
                                .as(name)
                                .isEqualTo(States.waitsForToken(task)));
    }

    @Test
    void every_failure_leads_to_settle() {
        var outer = States.scopes().getFirst().states();
        outer.forEach((name, state) -> {
            if (Set.of("Task", "Map").contains(state.get("Type").asText()) && !name.equals("Settle Copy")) {
                assertThat(state.path("Catch")).as(name).hasSize(1);
                assertThat(state.at("/Catch/0/ErrorEquals/0").asText()).isEqualTo("States.ALL");
                assertThat(state.at("/Catch/0/ErrorEquals")).hasSize(1);
                assertThat(state.at("/Catch/0/Next").asText()).isEqualTo("Settle Copy");
            }
        });
    }

    @Test
    void an_available_copy_succeeds_after_any_later_failure() {
        var settledHow = States.all().get("Settled How?");

        assertThat(settledHow.at("/Choices/0/Condition").asText()).contains("'Available'");
        assertThat(settledHow.at("/Choices/0/Next").asText()).isEqualTo("Copied");
        assertThat(States.all().get("Copied").get("Type").asText()).isEqualTo("Succeed");
        assertThat(settledHow.get("Default").asText()).isEqualTo("Copy Ended");
    }
}
