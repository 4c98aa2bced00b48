package imageferry.contract;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Evaluates the state machine's expressions. */
class ExpressionTest {
    private static final Map<String, Object> BATCH = Map.of("batch", 1, "firstPart", 1, "lastPart", 32);
    private static final Map<String, Object> ERROR = Map.of("Error", "States.Timeout", "Cause", "too long");

    static Stream<List<Map<String, Object>>> batches() {
        return Stream.of(List.of(BATCH), List.of(BATCH, Map.of("batch", 2, "firstPart", 33, "lastPart", 40)));
    }

    @ParameterizedTest
    @MethodSource("batches")
    void the_items_of_the_map_are_a_list_even_of_one(List<Map<String, Object>> batches) {
        var plan = States.evaluate(
                state("Start Snapshot Copy").get("Output"),
                Map.of("input", Map.of("copyId", "c"), "result", Map.of("Payload", Map.of("batches", batches))));

        var items = States.evaluate(state("Copy Snapshot Parts").get("Items"), Map.of("input", plan));

        assertThat(items).asInstanceOf(LIST).isEqualTo(batches);
    }

    @Test
    void every_items_expression_is_wrapped() {
        var maps = States.all().values().stream()
                .filter(state -> state.get("Type").asText().equals("Map"))
                .toList();

        assertThat(maps)
                .isNotEmpty()
                .allSatisfy(map ->
                        assertThat(map.get("Items").asText()).startsWith("{% [").endsWith("] %}"));
    }

    @Test
    void the_width_of_the_map_is_a_number() {
        var width = States.evaluate(state("Copy Snapshot Parts").get("MaxConcurrency"), Map.of());

        assertThat(width).isEqualTo(40);
    }

    @Test
    void a_catch_keeps_the_input_and_adds_the_error() {
        var input = Map.of("copyId", "c", "batches", List.of(BATCH), "error", Map.of("Error", "the first"));

        States.all()
                .forEach((name, state) -> state.path("Catch").forEach(catcher -> {
                    var output = States.evaluate(catcher.get("Output"), Map.of("input", input, "errorOutput", ERROR));

                    var added = name.equals("Settle Copy") ? "settling" : "error";
                    var expected = new HashMap<String, Object>(input);
                    expected.put(added, ERROR);
                    assertThat(output).as(name).isEqualTo(expected);
                }));
    }

    @Test
    void every_copy_finds_its_way() {
        assertThat(chosen("Approval Needed?", Map.of("route", "approval"))).isEqualTo("Await Approval");
        assertThat(chosen("Approval Needed?", Map.of("route", "slot"))).isEqualTo("Await Slot");
        assertThat(chosen("Approval Needed?", Map.of("route", "settled"))).isEqualTo("Settle Copy");
        assertThat(chosen("Batch Copied?", Map.of("done", true))).isEqualTo("Batch Copied");
        assertThat(chosen("Batch Copied?", Map.of("done", false))).isEqualTo("Copy Batch");
        assertThat(chosen("Settled How?", Map.of("status", "Available"))).isEqualTo("Copied");
        assertThat(chosen("Settled How?", Map.of("status", "Cancelled"))).isEqualTo("Copy Ended");
        assertThat(chosen("Settled How?", Map.of("status", "Failed"))).isEqualTo("Copy Ended");
    }

    @Test
    void a_copy_with_an_earlier_decision_arrives_at_settle_with_an_error() {
        var settled = state("Approval Needed?").at("/Choices/2/Output");

        var input = States.evaluate(settled, Map.of("input", Map.of("copyId", "c", "route", "settled")));

        assertThat(input).asInstanceOf(MAP).containsEntry("copyId", "c").containsKey("error");
    }

    @Test
    void an_error_without_a_cause_can_be_reported_too() {
        var input = Map.of("error", Map.of("Error", "States.Timeout"), "settling", Map.of("Error", "States.Timeout"));

        for (var name : List.of("Copy Ended", "Settling Failed")) {
            assertThat(States.evaluate(state(name).get("Error"), Map.of("input", input)))
                    .isEqualTo("States.Timeout");
            assertThat(States.evaluate(state(name).get("Cause"), Map.of("input", input)))
                    .isEqualTo("");
        }
    }

    @Test
    void no_expression_is_undefined() {
        var input = Map.of(
                "copyId",
                "c",
                "route",
                "slot",
                "batches",
                List.of(BATCH),
                "batch",
                BATCH,
                "done",
                true,
                "error",
                ERROR,
                "settling",
                ERROR,
                "status",
                "Failed");
        var payload =
                Map.of("copyId", "c", "route", "slot", "batches", List.of(BATCH), "done", true, "status", "Failed");
        var states = Map.<String, Object>of(
                "input",
                input,
                "result",
                Map.of("Payload", payload),
                "errorOutput",
                ERROR,
                "context",
                Map.of("Task", Map.of("Token", "t"), "Map", Map.of("Item", Map.of("Value", BATCH))));

        Shipped.eachObject(
                Shipped.MACHINE,
                (path, node) -> node.forEach(field -> {
                    if (field.isTextual() && field.asText().startsWith("{%")) {
                        assertThat(States.evaluate(field, states)).as(path).isNotNull();
                    }
                }));
    }

    private static JsonNode state(String name) {
        return requireNonNull(States.all().get(name), name);
    }

    private static String chosen(String choice, Map<String, Object> input) {
        for (var rule : state(choice).get("Choices")) {
            if (Boolean.TRUE.equals(States.evaluate(rule.get("Condition"), Map.of("input", input)))) {
                return rule.get("Next").asText();
            }
        }
        return state(choice).path("Default").asText();
    }
}
