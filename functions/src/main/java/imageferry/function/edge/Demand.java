package imageferry.function.edge;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.rule.Count;
import java.util.stream.Collectors;

/** Describes the demand of one keyword of a schema, and the value that breaks it. */
final class Demand {
    /** The requirement of a pattern, in words, because users do not read regular expressions. */
    static final String FORM = "x-imageferry-form";

    private static final int LONGEST_SHOWN = 64;

    private Demand() {}

    /** Returns the text that follows the field's name, as {@code must have at most 128 characters, not 300}. */
    static String of(String keyword, JsonNode schema, JsonNode value) {
        var limit = schema.path(keyword).asLong();
        return switch (keyword) {
            case "type", "minimum", "maximum" -> "must be " + type(schema) + ", not " + given(value);
            case "enum" -> "must be one of " + words(schema.path(keyword)) + ", not " + given(value);
            case "pattern" -> "must be " + schema.path(FORM).asText() + ", not " + given(value);
            case "minLength" -> "must have at least " + Count.of(limit, "character") + ", not " + length(value);
            case "maxLength" -> "must have at most " + Count.of(limit, "character") + ", not " + length(value);
            case "minItems", "minProperties" -> "must have at least " + entries(limit) + ", not " + value.size();
            case "maxItems", "maxProperties" -> "must have at most " + entries(limit) + ", not " + value.size();
            case "uniqueItems" -> "must not have the same entry twice";
            default -> throw new IllegalStateException("No sentence for the schema keyword " + keyword);
        };
    }

    private static String type(JsonNode schema) {
        return switch (schema.path("type").asText()) {
            case "integer" -> "a whole number" + range(schema);
            case "boolean" -> "true or false";
            case "array" -> "an array";
            case "object" -> "an object";
            default -> "a " + schema.path("type").asText();
        };
    }

    private static String range(JsonNode schema) {
        if (!schema.has("minimum")) {
            return schema.has("maximum") ? " up to " + schema.path("maximum").asText() : "";
        }
        return schema.has("maximum")
                ? " from " + schema.path("minimum").asText() + " to "
                        + schema.path("maximum").asText()
                : " of at least " + schema.path("minimum").asText();
    }

    private static String words(JsonNode values) {
        return values.valueStream().map(JsonNode::asText).collect(Collectors.joining(", "));
    }

    private static String entries(long number) {
        return Count.of(number, "entry", "entries");
    }

    private static String length(JsonNode value) {
        return Count.of(FlatSchema.length(value.asText()));
    }

    private static String given(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            case STRING -> '"' + shown(value.asText(), LONGEST_SHOWN) + '"';
            default -> shown(value.asText(), LONGEST_SHOWN);
        };
    }

    /** The beginning of a text that may be long; characters that a terminal would obey are replaced. */
    static String shown(String text, int longest) {
        var beginning = FlatSchema.length(text) <= longest
                ? text
                : text.substring(0, text.offsetByCodePoints(0, longest)) + "…";
        return beginning.replaceAll("\\p{Cntrl}", "\ufffd");
    }
}
