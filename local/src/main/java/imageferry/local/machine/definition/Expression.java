package imageferry.local.machine.definition;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;

/** One JSONata expression, the text between <code>{%</code> and <code>%}</code>, with the path of its field. */
public final class Expression {
    /** Ends an endless recursion. */
    private static final int SECONDS = 10;

    private static final int DEPTH = 500;

    private final String path;
    private final String source;
    private final Jsonata compiled;

    /** @throws JException if it is not JSONata */
    Expression(String path, String source) {
        this.path = path;
        this.source = source;
        this.compiled = Jsonata.jsonata(source);
        this.compiled.setOutputConvertNulls(false);
    }

    /**
     * Evaluates the expression.
     *
     * @throws StateFailure {@code States.QueryEvaluationError} if it fails, gives nothing, or gives a value that is not JSON
     */
    JsonNode evaluate(Bindings bindings) {
        Object value;
        // The library does not say that an expression is thread-safe, and an evaluation takes microseconds.
        synchronized (compiled) {
            value = compute(bindings);
        }
        if (value == null) {
            throw failure("returned nothing (undefined)");
        }
        try {
            return Json.node(value);
        } catch (IllegalArgumentException e) {
            throw failure("returned a value that is not JSON: " + e.getMessage());
        }
    }

    private Object compute(Bindings bindings) {
        var frame = compiled.createFrame();
        bindings.bindTo(frame);
        frame.setRuntimeBounds(SECONDS * 1_000L, DEPTH);
        try {
            return compiled.evaluate(null, frame);
        } catch (RuntimeException e) {
            throw failure("failed: " + e.getMessage());
        }
    }

    private StateFailure failure(String what) {
        return new StateFailure(
                ErrorNames.QUERY_EVALUATION,
                "The JSONata expression '" + source + "' specified for the field '" + path + "' " + what + ".");
    }
}
