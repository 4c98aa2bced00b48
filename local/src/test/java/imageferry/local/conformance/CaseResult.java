package imageferry.local.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import imageferry.local.machine.definition.Json;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The result of a case, without values that differ between runs: stack traces, tokens, and sentences of errors that the
 * engine itself raises.
 *
 * @param calls the payload of each call of the function, sorted
 * @param pauses from each failure of the function to the next call
 * @param refusals of each answer to a token: the refusal's name, or nothing
 */
record CaseResult(
        String status,
        JsonNode output,
        String error,
        String cause,
        List<String> calls,
        List<Duration> pauses,
        List<String> refusals) {
    static CaseResult of(
            String status,
            String output,
            String error,
            String cause,
            List<JsonNode> calls,
            List<Duration> pauses,
            List<String> refusals) {
        return new CaseResult(
                status,
                output.isEmpty() ? JsonNodeFactory.instance.missingNode() : still(Json.read(output)),
                error,
                cause(error, cause),
                calls.stream()
                        .map(call -> still(call).toString())
                        .sorted(Comparator.naturalOrder())
                        .toList(),
                pauses,
                refusals);
    }

    /** The same without the lengths of pauses, because an engine with a real clock ends them late on a busy machine. */
    CaseResult withoutPauses() {
        return new CaseResult(status, output, error, cause, calls, List.of(), refusals);
    }

    /** The status, the error or else the output, and the refusals of the answers to tokens. */
    String inShort() {
        var end = status + " " + (error.isEmpty() ? output : error);
        return refusals.isEmpty() ? end : end + " " + refusals;
    }

    /** The same without fields that may differ, at any depth. */
    private static JsonNode still(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> still(object);
            case ArrayNode array ->
                StreamSupport.stream(array.spliterator(), false)
                        .map(CaseResult::still)
                        .collect(Collectors.collectingAndThen(
                                Collectors.toList(),
                                all -> JsonNodeFactory.instance.arrayNode().addAll(all)));
            default -> node;
        };
    }

    private static ObjectNode still(ObjectNode object) {
        var still = JsonNodeFactory.instance.objectNode();
        object.properties().forEach(field -> still.set(field.getKey(), still(field.getValue())));
        if (object.has("taskToken")) {
            still.put("taskToken", "a token");
        }
        if (object.has("Error")) {
            still.put(
                    "Cause",
                    cause(object.path("Error").asText(), object.path("Cause").asText()));
        }
        return still;
    }

    private static String cause(String error, String cause) {
        if (error.startsWith("States.")) {
            return "";
        }
        if (!cause.startsWith("{")) {
            return cause;
        }
        var told = (ObjectNode) Json.read(cause);
        if (told.has("stackTrace")) {
            told.put("stackTrace", "a trace");
        }
        return told.toString();
    }
}
