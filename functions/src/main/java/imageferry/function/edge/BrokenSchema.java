package imageferry.function.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.ValidationMessage;
import imageferry.rule.Code;
import imageferry.rule.Violation;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Translates a schema's findings to our own codes, field names and sentences. */
final class BrokenSchema {
    static final int LONGEST_SHOWN = 128;

    /**
     * The order of keywords by which one of two violations of a field is reported: a length explains more than a
     * pattern.
     */
    private static final List<String> ORDER =
            List.of("required", "type", "enum", "minLength", "maxLength", "minItems", "maxItems", "pattern");

    private BrokenSchema() {}

    /** Returns the more informative of two violations of one field. */
    static ValidationMessage clearer(ValidationMessage one, ValidationMessage other) {
        return order(other) < order(one) ? other : one;
    }

    private static int order(ValidationMessage broken) {
        var place = ORDER.indexOf(broken.getType());
        return place < 0 ? ORDER.size() : place;
    }

    /** The field at fault. For a missing or unknown field, the field itself and not its object. */
    static String field(ValidationMessage broken) {
        var place = place(broken.getInstanceLocation());
        return switch (broken.getType()) {
            case "required", "additionalProperties" -> inside(place, broken.getProperty());
            default -> place;
        };
    }

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
                Code.MISSING_PARAMETER, field, "", "\"" + field + "\" is missing; required: " + rule.value());
    }

    private static Violation unknown(String field, Rule rule) {
        var shown = Demand.shown(field, LONGEST_SHOWN);
        return new Violation(
                Code.UNKNOWN_PARAMETER,
                shown,
                "",
                "\"" + shown + "\" is not a known field; leave it out. Known fields: " + rule.siblingNames());
    }

    private static Violation misnamed(String field, String name, Rule rule) {
        var broken = FlatSchema.broken(rule.rule(), TextNode.valueOf(name)).orElseThrow();
        return new Violation(
                Codes.of(rule.code()),
                field,
                Demand.shown(name, LONGEST_SHOWN),
                "A key of \"" + field + "\" " + Demand.of(broken.keyword(), broken.schema(), broken.value()));
    }

    private static Violation invalid(String field, ValidationMessage broken, Rule rule) {
        var value = broken.getInstanceNode();
        var subject = field.isEmpty() ? "The body" : "\"" + field + "\"";
        return new Violation(
                Codes.of(rule.code()),
                field,
                value.isValueNode() ? Demand.shown(value.asText(), LONGEST_SHOWN) : "",
                subject + " " + Demand.of(broken.getType(), rule.owner(), value));
    }

    private static String place(JsonNodePath path) {
        var text = new StringBuilder();
        for (var i = 0; i < path.getNameCount(); i++) {
            if (path.getElement(i) instanceof Integer index) {
                text.append('[').append(index).append(']');
            } else {
                text.append(text.isEmpty() ? "" : ".").append(Demand.shown(path.getName(i), LONGEST_SHOWN));
            }
        }
        return text.toString();
    }

    private static String inside(String place, String property) {
        return place.isEmpty() ? property : place + "." + property;
    }

    /** The rule that was broken, the schema that has it, and the nearest code on the way to it. */
    private record Rule(JsonNode owner, JsonNode rule, String code) {
        static Rule at(JsonNodePath path, JsonNode root) {
            var owner = root;
            var node = root;
            var code = "";
            for (var i = 0; i < path.getNameCount(); i++) {
                owner = node;
                node = step(node, path.getElement(i), root);
                code = node.path(Codes.KEY).asText(code);
            }
            return new Rule(owner, node, code);
        }

        private static JsonNode step(JsonNode node, Object element, JsonNode root) {
            if (element instanceof Integer index) {
                return node.path(index);
            }
            return element.equals("$ref")
                    ? root.at(node.path("$ref").asText().substring(1))
                    : node.path(element.toString());
        }

        /** The demand of the rule, as text. */
        String value() {
            return StreamSupport.stream(rule.spliterator(), false)
                    .map(JsonNode::asText)
                    .collect(Collectors.joining(", "));
        }

        String siblingNames() {
            return String.join(", ", (Iterable<String>) owner.path("properties")::fieldNames);
        }
    }
}
