package imageferry.local.machine.definition;

import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** The values that an expression can use: {@code $states} and the variables, converted once per state. */
public final class Bindings {
    private final Map<String, Object> values;

    private Bindings(Map<String, Object> values) {
        this.values = values;
    }

    /** @param states the members {@code input}, {@code context}, and {@code result} or {@code errorOutput} */
    public static Bindings of(ObjectNode states, Map<String, JsonNode> variables) {
        var values = LinkedHashMap.<String, Object>newLinkedHashMap(variables.size() + 1);
        variables.forEach((name, value) -> values.put(name, bound(value)));
        values.put("states", bound(states));
        return new Bindings(values);
    }

    void bindTo(Jsonata.Frame frame) {
        values.forEach(frame::bind);
    }

    private static Object bound(JsonNode value) {
        var plain = Json.plain(value);
        return plain == null ? Jsonata.NULL_VALUE : plain;
    }
}
