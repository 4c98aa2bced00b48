package imageferry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The steps before and after the bytes in docs/bench.md are those of the shipped machine without failures. */
class StepOverheadTest {
    private static final String COPIES = "Copy Batch";
    private static final String MAKES_AVAILABLE = "Create Image";
    /** The function that takes the request, and the one that starts its execution from the table's stream. */
    private static final int BEFORE_THE_MACHINE = 2;

    @Test
    void the_way_to_the_first_part_is_as_long_as_the_page_says() {
        var way = way();
        var before = way.subList(0, way.indexOf(COPIES) + 1);

        assertThat(page())
                .contains("| the request | the first UploadPartCopy | %d | %d |\n"
                        .formatted(before.size(), BEFORE_THE_MACHINE + calls(before)));
    }

    @Test
    void the_way_from_the_last_part_is_as_long_as_the_page_says() {
        var way = way();
        var after = way.subList(way.indexOf(COPIES) + 1, way.indexOf(MAKES_AVAILABLE) + 1);

        assertThat(page())
                .contains("| the last part | `Available` | %d | %d |\n".formatted(after.size(), calls(after)));
    }

    @Test
    void the_function_on_the_stream_starts_executions_and_wakes_them() {
        var advancing = Shipped.functions().get("AdvanceCopiesFunction");

        assertThat(Shipped.texts(advancing, text -> text.startsWith("states:")))
                .contains("states:StartExecution", "states:SendTaskSuccess");
        assertThat(Shipped.texts(advancing, "DynamoDB"::equals)).isNotEmpty();
    }

    /** The states of a copy of one batch that needs no ticket, finds a free slot and ends in one call. */
    private static List<String> way() {
        var way = new ArrayList<String>();
        walk(States.scopes().getFirst(), way);
        return way;
    }

    private static void walk(States.Scope scope, List<String> way) {
        var name = scope.startAt();
        while (!name.isEmpty()) {
            way.add(name);
            var state = scope.states().get(name);
            if (state.has("ItemProcessor")) {
                walk(States.Scope.of(state.get("ItemProcessor")), way);
            }
            name = next(state);
        }
    }

    private static String next(JsonNode state) {
        var good = Map.<String, Object>of("input", Map.of("route", "slot", "done", true));
        for (var choice : state.path("Choices")) {
            if (Boolean.TRUE.equals(States.evaluate(choice.get("Condition"), good))) {
                return choice.get("Next").asText();
            }
        }
        return state.path("Next").asText();
    }

    /** Each task calls its function. A parked task is woken by one more call, of the function on the table's stream. */
    private static long calls(List<String> way) {
        var tasks = way.stream()
                .filter(States.tasks()::containsKey)
                .map(States.tasks()::get)
                .toList();
        return tasks.size() + tasks.stream().filter(States::waitsForToken).count();
    }

    private static String page() {
        return Shipped.text("docs/bench.md");
    }
}
