package imageferry.function.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import imageferry.rule.Code;
import imageferry.rule.Count;
import imageferry.rule.Violation;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One parameter of a route, as the contract declares it.
 *
 * @param code the code of a value that breaks the schema
 */
record ParameterRule(String name, boolean inPath, boolean required, Code code, JsonNode schema) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,17})");

    static ParameterRule of(JsonNode parameter) {
        return new ParameterRule(
                parameter.path("name").asText(),
                parameter.path("in").asText().equals("path"),
                parameter.path("required").asBoolean(),
                Codes.of(parameter
                        .path("schema")
                        .path(Codes.KEY)
                        .asText(parameter.path(Codes.KEY).asText())),
                parameter.path("schema"));
    }

    boolean isList() {
        return schema.path("type").asText().equals("array");
    }

    /** The value that the contract gives a parameter that is absent. */
    Optional<String> byDefault() {
        return schema.has("default") ? Optional.of(schema.path("default").asText()) : Optional.empty();
    }

    /**
     * The violation of the parameter's rule, if any.
     *
     * @param field its name in the request, which is longer than the rule's name for a prefix
     * @param values as they were given; none when it is absent
     */
    Optional<Violation> violation(String field, List<String> values) {
        if (values.isEmpty()) {
            return required
                    ? Optional.of(new Violation(
                            Code.MISSING_PARAMETER, field, "", "\"" + field + "\" is missing; add ?" + field + "=…"))
                    : Optional.empty();
        }
        if (values.size() > 1 && !isList()) {
            return Optional.of(new Violation(
                    Code.INVALID_PARAMETER,
                    field,
                    Demand.shown(String.join(", ", values), BrokenSchema.LONGEST_SHOWN),
                    "\"" + field + "\" is given " + Count.of(values.size(), "time") + "; give it once"));
        }
        return FlatSchema.broken(schema, typed(values))
                .map(broken -> new Violation(
                        code,
                        field,
                        Demand.shown(broken.value().asText(), BrokenSchema.LONGEST_SHOWN),
                        "\"" + field + "\" " + Demand.of(broken.keyword(), broken.schema(), broken.value())));
    }

    /** The value in the type of the schema, or as text, which the schema then refuses. */
    private JsonNode typed(List<String> values) {
        if (isList()) {
            var list = JSON.arrayNode();
            values.forEach(list::add);
            return list;
        }
        var text = values.getFirst();
        var type = schema.path("type").asText();
        if (type.equals("integer") && INTEGER.matcher(text).matches()) {
            return JSON.numberNode(Long.parseLong(text));
        }
        return type.equals("boolean") && (text.equals("true") || text.equals("false"))
                ? JSON.booleanNode(text.equals("true"))
                : JSON.textNode(text);
    }
}
