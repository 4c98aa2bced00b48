package imageferry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.copying.Step;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One vocabulary in five places: state, function, handler class, event file, route. */
class VocabularyTest {
    /** The states with other names than their functions: a state names the awaited result, a function its work. */
    private static final Map<String, String> OTHERWISE = Map.of(
            "Await Approval", "Request Approval",
            "Await Slot", "Request Slot",
            "Copy Batch", "Copy Snapshot Parts");

    /** The functions that neither a state nor a route calls, and their callers. */
    private static final Map<String, String> OF_EVENTS = Map.of(
            "stream-advance-copies", "AdvanceCopiesFunction",
            "stream-publish-changes", "PublishChangesFunction",
            "s3-import-upload", "ImportUploadFunction",
            "schedule-sweep", "SweepFunction",
            "stack-guard-regions", "GuardRegionsFunction",
            "operator-manage-bucket", "ManageBucketFunction");

    @Test
    void a_state_is_called_like_its_function() {
        States.tasks()
                .forEach((name, task) -> assertThat(States.function(task))
                        .isEqualTo(OTHERWISE.getOrDefault(name, name).replace(" ", "") + "Function"));
    }

    @Test
    void a_copys_steps_are_the_states_of_the_machine_that_do_work() {
        var states = States.scopes().getFirst().states().entrySet().stream()
                .filter(state -> Set.of("Task", "Map")
                        .contains(state.getValue().get("Type").asText()))
                .map(Map.Entry::getKey);

        assertThat(Stream.of(Step.values()).map(Step::toString)).containsExactlyElementsOf(states.toList());
    }

    @Test
    void every_function_has_a_sample_event() {
        var sampled = new TreeSet<String>();
        Shipped.events().forEach((name, event) -> sampled.add(function(name, event)));

        assertThat(sampled).isEqualTo(new TreeSet<>(Shipped.functions().keySet()));
    }

    @Test
    void a_sample_for_a_state_has_exactly_the_fields_that_the_state_sends() {
        States.tasks().forEach((name, task) -> {
            var event = Shipped.events().get(sampleOf(task));
            assertThat(event).as(name).isNotNull();
            assertThat(fields(event)).as(name).isEqualTo(fields(task.at("/Arguments/Payload")));
        });
    }

    @Test
    void a_sample_for_a_route_gives_exactly_the_parameters_of_its_path() {
        Shipped.events().forEach((name, event) -> {
            if (name.startsWith("api-")) {
                var path = event.get("resource").asText();
                var filled = new String[] {path};
                event.path("pathParameters")
                        .properties()
                        .forEach(parameter -> filled[0] = filled[0].replace(
                                "{" + parameter.getKey() + "}",
                                parameter.getValue().asText()));
                assertThat(event.get("path").asText())
                        .as(name)
                        .isEqualTo(filled[0])
                        .doesNotContain("{");
            }
        });
    }

    private static String function(String name, JsonNode event) {
        if (name.startsWith("workflow-")) {
            return States.tasks().values().stream()
                    .filter(task -> sampleOf(task).equals(name))
                    .map(States::function)
                    .findFirst()
                    .orElse(name);
        }
        return Operation.all().stream()
                .filter(operation -> operation
                                .method()
                                .equals(event.path("httpMethod").asText())
                        && operation.path().equals(event.path("resource").asText()))
                .map(Operation::function)
                .findFirst()
                .orElseGet(() -> OF_EVENTS.getOrDefault(name, name));
    }

    /** {@code ValidateCopyFunction} is sampled by {@code workflow-validate-copy}. */
    private static String sampleOf(JsonNode task) {
        var words = States.function(task).replaceAll("Function$", "").replaceAll("(?<=.)(?=[A-Z])", "-");
        return "workflow-" + words.toLowerCase(Locale.ROOT);
    }

    private static Set<String> fields(JsonNode node) {
        var fields = new HashSet<String>();
        node.fieldNames().forEachRemaining(fields::add);
        return fields;
    }
}
