package imageferry.simulation;

import com.dashjoin.jsonata.Jsonata;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** A condition in JSONata. Equal inputs have equal results, so that each is evaluated once. */
final class Expression {
    private final String text;
    private final Map<Map<String, Object>, Boolean> known = new ConcurrentHashMap<>();

    /** @param text as in the definition, with its delimiters */
    Expression(String text) {
        if (!text.startsWith("{%") || !text.endsWith("%}")) {
            throw new IllegalArgumentException("No JSONata: " + text);
        }
        this.text = text.substring(2, text.length() - 2);
    }

    boolean holds(Map<String, Object> input) {
        return known.computeIfAbsent(input, this::evaluate);
    }

    private boolean evaluate(Map<String, Object> input) {
        var expression = Jsonata.jsonata(text);
        var frame = expression.createFrame();
        frame.bind("states", Map.of("input", input));
        return (Boolean) Objects.requireNonNull(expression.evaluate(null, frame), text);
    }
}
