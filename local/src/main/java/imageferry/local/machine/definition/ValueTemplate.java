package imageferry.local.machine.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;

/** A JSON value in which strings may be expressions. */
public sealed interface ValueTemplate {
    /** @throws StateFailure {@code States.QueryEvaluationError} if an expression in it has no value */
    JsonNode evaluate(Bindings bindings);

    /** A value without any expression. */
    record Literal(JsonNode value) implements ValueTemplate {
        @Override
        public JsonNode evaluate(Bindings bindings) {
            return value;
        }
    }

    /** A string that is an expression. */
    record Computed(Expression expression) implements ValueTemplate {
        @Override
        public JsonNode evaluate(Bindings bindings) {
            return expression.evaluate(bindings);
        }
    }

    /** An object that holds an expression somewhere. */
    record Members(Map<String, ValueTemplate> members) implements ValueTemplate {
        @Override
        public JsonNode evaluate(Bindings bindings) {
            var object = JsonNodeFactory.instance.objectNode();
            members.forEach((name, member) -> object.set(name, member.evaluate(bindings)));
            return object;
        }
    }

    /** An array that holds an expression somewhere. */
    record Elements(List<ValueTemplate> elements) implements ValueTemplate {
        @Override
        public JsonNode evaluate(Bindings bindings) {
            var array = JsonNodeFactory.instance.arrayNode();
            elements.forEach(element -> array.add(element.evaluate(bindings)));
            return array;
        }
    }
}
