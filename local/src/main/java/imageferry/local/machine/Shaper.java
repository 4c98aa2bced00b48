package imageferry.local.machine;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.local.machine.definition.Bindings;
import imageferry.local.machine.definition.ErrorNames;
import imageferry.local.machine.definition.Json;
import imageferry.local.machine.definition.State;
import imageferry.local.machine.definition.StateFailure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Makes the way out of a state: its output and variables, within what a state may carry. */
final class Shaper {

    /** Bytes of UTF-8. */
    static final int MOST_BYTES = 262_144;

    private Shaper() {}

    /** @param plain the output where the state names none */
    static Step shape(State.Shaping shaping, Optional<String> next, Bindings bindings, JsonNode plain) {
        JsonNode output = shaping.output().map(it -> it.evaluate(bindings)).orElse(plain);
        Map<String, JsonNode> assigned = new LinkedHashMap<>();
        shaping.assign().forEach((name, value) -> assigned.put(name, limited(value.evaluate(bindings))));
        return new Step(next, limited(output), assigned);
    }

    /** @throws StateFailure {@code States.DataLimitExceeded} above 256 KiB */
    static JsonNode limited(JsonNode value) {
        int size = Json.size(value);
        if (size > MOST_BYTES) {
            throw new StateFailure(
                    ErrorNames.DATA_LIMIT_EXCEEDED,
                    "A payload of " + size + " bytes is above the " + MOST_BYTES + " that a state may carry.");
        }
        return value;
    }
}
