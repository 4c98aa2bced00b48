package imageferry.function.edge;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Checks values without fields, such as parameters and the keys of tags. The validator of bodies could do this too, but
 * loading it would slow down the start of every function that takes no body.
 */
final class FlatSchema {
    /** All supported keywords; a test compares them with the contract. */
    static final Set<String> KEYWORDS =
            Set.of("type", "enum", "minLength", "maxLength", "pattern", "minimum", "maximum", "maxItems", "items");

    private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

    private FlatSchema() {}

    /** A keyword that the value breaks, the schema that has it, and the value that breaks it. */
    record Broken(String keyword, JsonNode schema, JsonNode value) {}

    /** The first keyword that the value breaks, or that one of its entries does. */
    static Optional<Broken> broken(JsonNode schema, JsonNode value) {
        var own = Stream.of("type", "enum", "minLength", "maxLength", "pattern", "minimum", "maximum", "maxItems")
                .filter(schema::has)
                .filter(keyword -> !holds(keyword, schema.get(keyword), value))
                .findFirst()
                .map(keyword -> new Broken(keyword, schema, value));
        return own.isPresent() || !value.isArray()
                ? own
                : value.valueStream()
                        .flatMap(entry -> broken(schema.path("items"), entry).stream())
                        .findFirst();
    }

    private static boolean holds(String keyword, JsonNode rule, JsonNode value) {
        return switch (keyword) {
            case "type" -> hasType(rule.asText(), value);
            case "enum" -> rule.valueStream().anyMatch(value::equals);
            case "minLength" -> !value.isTextual() || length(value.asText()) >= rule.asInt();
            case "maxLength" -> !value.isTextual() || length(value.asText()) <= rule.asInt();
            case "pattern" ->
                !value.isTextual()
                        || pattern(rule.asText()).matcher(value.asText()).find();
            case "minimum" -> !value.isNumber() || value.asLong() >= rule.asLong();
            case "maximum" -> !value.isNumber() || value.asLong() <= rule.asLong();
            default -> value.size() <= rule.asInt();
        };
    }

    private static boolean hasType(String type, JsonNode value) {
        return switch (type) {
            case "integer" -> value.isIntegralNumber();
            case "boolean" -> value.isBoolean();
            case "array" -> value.isArray();
            default -> value.isTextual();
        };
    }

    /** Makes $ match only the very end, as in a schema; Java would allow a line break after it. */
    static Pattern pattern(String regex) {
        return PATTERNS.computeIfAbsent(regex, known -> Pattern.compile(known.replaceFirst("\\$$", "\\\\z")));
    }

    /** Counts characters as JSON Schema does: a pair of surrogates is one. */
    static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
