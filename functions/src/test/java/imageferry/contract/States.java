package imageferry.contract;

import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The states of the shipped state machine, including those inside a Map. */
final class States {
    private static final Pattern FUNCTION = Pattern.compile("\\$\\{(\\w+Function)}");
    private static final ObjectMapper JSON = new ObjectMapper();

    private States() {}

    /** One scope: the machine itself or the inside of a Map. Transitions never leave it. */
    record Scope(String startAt, Map<String, JsonNode> states) {
        static Scope of(JsonNode scope) {
            var states = new LinkedHashMap<String, JsonNode>();
            scope.get("States").properties().forEach(state -> states.put(state.getKey(), state.getValue()));
            return new Scope(scope.get("StartAt").asText(), states);
        }
    }

    static List<Scope> scopes() {
        var outer = Scope.of(Shipped.MACHINE);
        var scopes = new ArrayList<>(List.of(outer));
        outer.states().values().stream()
                .filter(state -> state.has("ItemProcessor"))
                .forEach(map -> scopes.add(Scope.of(map.get("ItemProcessor"))));
        return scopes;
    }

    static Map<String, JsonNode> all() {
        var all = new LinkedHashMap<String, JsonNode>();
        scopes().forEach(scope -> all.putAll(scope.states()));
        return all;
    }

    static Map<String, JsonNode> tasks() {
        var tasks = new LinkedHashMap<>(all());
        tasks.values().removeIf(state -> !state.get("Type").asText().equals("Task"));
        return tasks;
    }

    /** The logical id of the function that a task calls. */
    static String function(JsonNode task) {
        var text = task.at("/Arguments/FunctionName").asText();
        var match = FUNCTION.matcher(text);
        return match.matches() ? match.group(1) : text;
    }

    static boolean waitsForToken(JsonNode task) {
        return task.get("Resource").asText().endsWith(".waitForTaskToken");
    }

    /** The possible next states of a state. */
    static Set<String> next(JsonNode state) {
        var next = new TreeSet<String>();
        for (var field : List.of("Next", "Default")) {
            if (state.has(field)) {
                next.add(state.get(field).asText());
            }
        }
        state.path("Choices").forEach(choice -> next.add(choice.get("Next").asText()));
        state.path("Catch").forEach(catcher -> next.add(catcher.get("Next").asText()));
        return next;
    }

    /** The value of a field with every JSONata expression in it evaluated; undefined is null. */
    static @Nullable Object evaluate(JsonNode field, Map<String, Object> states) {
        if (field.isObject()) {
            var values = new LinkedHashMap<String, @Nullable Object>();
            field.properties().forEach(entry -> values.put(entry.getKey(), evaluate(entry.getValue(), states)));
            return values;
        }
        if (!field.isTextual() || !field.asText().startsWith("{%")) {
            return JSON.convertValue(field, Object.class);
        }
        var text = field.asText();
        var expression = Jsonata.jsonata(text.substring(2, text.length() - 2).replace("${CopyWorkers}", "40"));
        var frame = expression.createFrame();
        frame.bind("states", states);
        return expression.evaluate(null, frame);
    }
}
