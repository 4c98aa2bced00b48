package imageferry.local.machine;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.local.machine.definition.Bindings;
import imageferry.local.machine.definition.ErrorNames;
import imageferry.local.machine.definition.Json;
import imageferry.local.machine.definition.State;
import imageferry.local.machine.definition.StateFailure;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** Computes the transition out of a state: its output and variables, within the payload limit. */
final class OutputProcessor {
    /** Bytes of UTF-8. */
    static final int MAX_BYTES = 262_144;

    private OutputProcessor() {}

    /** @param plain the output where the state names none */
    static Transition process(
            State.OutputProcessing processing, @Nullable String next, Bindings bindings, JsonNode plain) {
        var output = processing.output() == null ? plain : processing.output().evaluate(bindings);
        var assigned = new LinkedHashMap<String, JsonNode>();
        processing.assign().forEach((name, value) -> assigned.put(name, limited(value.evaluate(bindings))));
        return new Transition(next, limited(output), assigned);
    }

    /** @throws StateFailure {@code States.DataLimitExceeded} above 256 KiB */
    static JsonNode limited(JsonNode value) {
        var size = Json.size(value);
        if (size > MAX_BYTES) {
            throw new StateFailure(
                    ErrorNames.DATA_LIMIT_EXCEEDED,
                    "A payload of " + size + " bytes is above the " + MAX_BYTES + " that a state may carry.");
        }
        return value;
    }
}
