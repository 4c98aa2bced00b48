package imageferry.function.edge;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.rule.Code;
import imageferry.rule.Violation;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds texts with half of a surrogate pair. JSON can escape one, but UTF-8 cannot encode it, so the stored text would differ
 * from the one that was sent. In the names of fields the parser refuses them.
 */
final class Halves {
    private Halves() {}

    /** One violation for each text that is not Unicode. */
    static List<Violation> in(JsonNode body) {
        var violations = new ArrayList<Violation>();
        look("", body, violations);
        return violations;
    }

    private static void look(String place, JsonNode node, List<Violation> violations) {
        if (node.isTextual() && isBroken(node.asText())) {
            violations.add(violation(place));
        }
        node.properties()
                .forEach(field -> look(
                        place.isEmpty() ? field.getKey() : place + "." + field.getKey(), field.getValue(), violations));
        for (var i = 0; node.isArray() && i < node.size(); i++) {
            look(place + "[" + i + "]", node.get(i), violations);
        }
    }

    private static Violation violation(String place) {
        return new Violation(
                Code.MALFORMED_BODY,
                place,
                "",
                (place.isEmpty() ? "The body" : "\"" + place + "\"")
                        + " has half of a surrogate pair (\\ud800 to \\udfff); send whole Unicode characters");
    }

    private static boolean isBroken(String text) {
        return text.codePoints()
                .anyMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }
}
