package imageferry.local.machine.definition;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;

/** One JSONata expression, the text between <code>{%</code> and <code>%}</code>, with the path of the field it stands in. */
public final class Expression {

    /** Ends a recursion that would not end by itself. */
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
     * Its value.
     *
     * @throws StateFailure {@code States.QueryEvaluationError} if it fails, gives nothing, or gives what is not JSON
     */
    JsonNode evaluate(Bindings bindings) {
        Object value;
        // The library promises nothing about one expression in many threads, and an evaluation takes microseconds.
        synchronized (compiled) {
            value = compute(bindings);
        }
        if (value == null) {
            throw failure("returned nothing (undefined)");
        }
        try {
            return Json.node(value);
        } catch (IllegalArgumentException e) {
            throw failure("returned what cannot be passed on: " + e.getMessage());
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
