package imageferry.function.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.ValidationMessage;
import imageferry.rule.Code;
import imageferry.rule.Violation;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Puts what a schema finds wrong into our own codes, field names and sentences. */
final class BrokenSchema {
    /** Where the contract names the code of a schema's breach. */
    static final String CODE = "x-imageferry-code";

    private static final int LONGEST_SHOWN = 128;
    private static final Map<String, Code> CODES =
            Arrays.stream(Code.values()).collect(Collectors.toMap(Code::toString, code -> code));

    private BrokenSchema() {}

    static Violation violation(ValidationMessage broken, JsonNode schema) {
        var place = place(broken.getInstanceLocation());
        var rule = Rule.at(broken.getEvaluationPath(), schema);
        return switch (broken.getType()) {
            case "required" -> missing(inside(place, broken.getProperty()), rule);
            case "additionalProperties" -> unknown(inside(place, broken.getProperty()), rule);
            case "propertyNames" -> misnamed(place, broken.getProperty(), rule);
            default -> invalid(place, broken, rule);
        };
    }

    private static Violation missing(String field, Rule rule) {
        return new Violation(
                Code.MISSING_PARAMETER, field, "", "\"" + field + "\" is missing; needed are " + rule.value());
    }

    private static Violation unknown(String field, Rule rule) {
        return new Violation(
                Code.UNKNOWN_PARAMETER,
                field,
                "",
                "\"" + field + "\" is not known here; leave it out. Known are " + rule.siblingNames());
    }

    private static Violation misnamed(String field, String name, Rule rule) {
        return new Violation(
                code(rule),
                field,
                shown(name),
                "\"" + field + "\" has an entry that cannot be called \"" + shown(name) + "\". " + rule.description());
    }

    private static Code code(Rule rule) {
        return CODES.getOrDefault(rule.code(), Code.INVALID_PARAMETER);
    }

    private static Violation invalid(String field, ValidationMessage broken, Rule rule) {
        var value = shown(broken.getInstanceNode());
        var sentence = (field.isEmpty() ? "The body " : "\"" + field + "\" ") + demand(broken, rule) + ", not " + value
                + (rule.description().isEmpty() ? "" : ". " + rule.description());
        return new Violation(code(rule), field, value, sentence);
    }

    private static String demand(ValidationMessage broken, Rule rule) {
        return switch (broken.getType()) {
            case "type" -> "must be a JSON " + rule.value();
            case "enum" -> "must be one of " + rule.value();
            case "pattern" -> "must look like " + rule.value();
            case "minLength" -> "must have at least " + rule.value() + " characters";
            case "maxLength" -> "must have at most " + rule.value() + " characters";
            case "minProperties" -> "must have at least " + rule.value() + " field";
            case "minItems" -> "must have at least " + rule.value() + " entries";
            case "maxItems", "maxProperties" -> "must have at most " + rule.value() + " entries";
            case "minimum" -> "must be at least " + rule.value();
            case "maximum" -> "must be at most " + rule.value();
            default -> "breaks the rule " + broken.getType() + ": " + rule.value();
        };
    }

    private static String shown(JsonNode value) {
        var text = value.isValueNode()
                ? value.asText()
                : "a JSON " + value.getNodeType().name().toLowerCase(Locale.ROOT);
        return shown(text);
    }

    private static String shown(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
    }

    private static String place(JsonNodePath path) {
        var text = new StringBuilder();
        for (var i = 0; i < path.getNameCount(); i++) {
            if (path.getElement(i) instanceof Integer index) {
                text.append('[').append(index).append(']');
            } else {
                text.append(text.isEmpty() ? "" : ".").append(path.getName(i));
            }
        }
        return text.toString();
    }

    private static String inside(String place, String property) {
        return place.isEmpty() ? property : place + "." + property;
    }

    /** The rule that was broken, and the nearest code and description on the way to it. */
    private record Rule(JsonNode owner, JsonNode rule, String code, String description) {

        static Rule at(JsonNodePath path, JsonNode root) {
            var owner = root;
            var node = root;
            var code = "";
            var description = "";
            for (var i = 0; i < path.getNameCount(); i++) {
                owner = node;
                node = step(node, path.getElement(i), root);
                code = node.path(CODE).asText(code);
                description = node.path("description").isTextual()
                        ? node.path("description").asText()
                        : description;
            }
            return new Rule(owner, node, code, description);
        }

        private static JsonNode step(JsonNode node, Object element, JsonNode root) {
            if (element instanceof Integer index) {
                return node.path(index);
            }
            return element.equals("$ref")
                    ? root.at(node.path("$ref").asText().substring(1))
                    : node.path(element.toString());
        }

        /** What the rule demands, as text. */
        String value() {
            return rule.isArray()
                    ? StreamSupport.stream(rule.spliterator(), false)
                            .map(JsonNode::asText)
                            .collect(Collectors.joining(", "))
                    : rule.asText();
        }

        String siblingNames() {
            return String.join(", ", (Iterable<String>) owner.path("properties")::fieldNames);
        }
    }
}
