package imageferry.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the machine from the deployed file, and refuses unknown elements. */
final class MachineReader {
    private static final Set<String> KNOWN = Set.of(
            "Type",
            "Comment",
            "Resource",
            "TimeoutSeconds",
            "Arguments",
            "Retry",
            "Catch",
            "Output",
            "Next",
            "Choices",
            "Default",
            "Items",
            "ItemSelector",
            "MaxConcurrency",
            "ItemProcessor",
            "Error",
            "Cause");

    private MachineReader() {}

    static Machine shipped() {
        var file = Path.of(System.getProperty("imageferry.home", ".."), "statemachine", "copy-image.asl.yaml");
        try {
            return machine(new ObjectMapper(new YAMLFactory()).readTree(file.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Machine machine(JsonNode scope) {
        var states = new LinkedHashMap<String, Machine.State>();
        scope.get("States")
                .properties()
                .forEach(state -> states.put(state.getKey(), state(state.getKey(), state.getValue())));
        return new Machine(scope.get("StartAt").asText(), states);
    }

    private static Machine.State state(String name, JsonNode state) {
        state.fieldNames().forEachRemaining(field -> {
            if (!KNOWN.contains(field)) {
                throw new IllegalStateException("The simulation does not know " + field + " of state " + name);
            }
        });
        return switch (state.get("Type").asText()) {
            case "Task" -> task(name, state);
            case "Choice" -> new Machine.Choice(name, branches(state), text(state, "Default"));
            case "Map" ->
                new Machine.Each(
                        name,
                        machine(state.get("ItemProcessor")),
                        state.get("Next").asText(),
                        caught(name, state).orElseThrow());
            case "Succeed" -> new Machine.Succeed();
            case "Fail" -> new Machine.Fail();
            default -> throw new IllegalStateException("The simulation does not know the type of state " + name);
        };
    }

    private static Machine.Task task(String name, JsonNode task) {
        var resource = task.get("Resource").asText();
        var function = task.at("/Arguments/FunctionName").asText();
        return new Machine.Task(
                name,
                function.substring("${".length(), function.length() - "}".length()),
                resource.endsWith(".waitForTaskToken"),
                task.get("TimeoutSeconds").asInt(),
                retriers(task),
                kept(task.path("Output")),
                task.get("Next").asText(),
                caught(name, task));
    }

    private static List<Machine.Retrier> retriers(JsonNode task) {
        var retriers = new ArrayList<Machine.Retrier>();
        for (var retry : task.path("Retry")) {
            var errors = new ArrayList<String>();
            retry.get("ErrorEquals").forEach(error -> errors.add(error.asText()));
            retriers.add(new Machine.Retrier(
                    errors,
                    retry.get("IntervalSeconds").asDouble(),
                    retry.get("BackoffRate").asDouble(),
                    retry.get("MaxDelaySeconds").asDouble(),
                    retry.get("MaxAttempts").asInt()));
        }
        return retriers;
    }

    /** The part of the function's answer that is passed on: the fields of the output that are made of it. */
    private static List<String> kept(JsonNode output) {
        var kept = new ArrayList<String>();
        output.properties().forEach(field -> {
            if (field.getValue().asText().contains("$states.result.Payload." + field.getKey())) {
                kept.add(field.getKey());
            }
        });
        return kept;
    }

    private static Optional<String> caught(String name, JsonNode state) {
        var catchers = state.path("Catch");
        if (catchers.size() > 1
                || (catchers.size() == 1
                        && !catchers.at("/0/ErrorEquals/0").asText().equals("States.ALL"))) {
            throw new IllegalStateException("The simulation expects one Catch of everything in state " + name);
        }
        return catchers.isEmpty() ? Optional.empty() : text(catchers.get(0), "Next");
    }

    private static List<Machine.Branch> branches(JsonNode choice) {
        var branches = new ArrayList<Machine.Branch>();
        for (var branch : choice.get("Choices")) {
            branches.add(new Machine.Branch(
                    new Expression(branch.get("Condition").asText()),
                    branch.get("Next").asText(),
                    text(branch.at("/Output/error"), "Error")));
        }
        return branches;
    }

    private static Optional<String> text(JsonNode node, String field) {
        return node.hasNonNull(field) ? Optional.of(node.get(field).asText()) : Optional.empty();
    }
}
