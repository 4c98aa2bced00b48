package imageferry.local.stream;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.local.template.TemplateRefused;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * An EventBridge pattern, also the language of stream filters: every field named must match one of its alternatives.
 * Knows exact values, {@code prefix}, {@code suffix}, {@code equals-ignore-case}, {@code exists} and
 * {@code anything-but}; any other form is refused when the pattern is read.
 */
public final class EventPattern {
    private final Predicate<JsonNode> predicate;

    private EventPattern(Predicate<JsonNode> predicate) {
        this.predicate = predicate;
    }

    public static EventPattern of(JsonNode pattern) {
        if (!pattern.isObject() || pattern.isEmpty()) {
            throw new TemplateRefused(
                    "An event pattern must be an object with at least one field, not " + pattern + ".");
        }
        return new EventPattern(object(pattern));
    }

    public boolean matches(JsonNode event) {
        return predicate.test(event);
    }

    private static Predicate<JsonNode> object(JsonNode pattern) {
        var fields = new ArrayList<Predicate<JsonNode>>();
        pattern.properties().forEach(field -> {
            var name = field.getKey();
            if (name.startsWith("$")) {
                throw new TemplateRefused("Local mode does not know " + name + " in an event pattern.");
            }
            var inner =
                    field.getValue().isArray() ? alternatives(name, field.getValue()) : nested(name, field.getValue());
            fields.add(event -> inner.test(event.path(name)));
        });
        return event -> fields.stream().allMatch(field -> field.test(event));
    }

    private static Predicate<JsonNode> nested(String name, JsonNode pattern) {
        if (!pattern.isObject()) {
            throw new TemplateRefused(
                    "The event pattern's " + name + " must be a list or an object, not " + pattern + ".");
        }
        return object(pattern);
    }

    /** A field with several values matches when one of them does. */
    private static Predicate<JsonNode> alternatives(String name, JsonNode list) {
        var alternatives = new ArrayList<Predicate<JsonNode>>();
        list.forEach(one -> alternatives.add(one.isObject() ? comparison(name, one) : exactly(one)));
        return value -> alternatives.stream()
                .anyMatch(one -> value.isArray() ? elements(value).stream().anyMatch(one) : one.test(value));
    }

    private static Predicate<JsonNode> comparison(String name, JsonNode form) {
        var operator = form.size() == 1 ? form.fieldNames().next() : form.toString();
        var operand = form.path(operator);
        return switch (operator) {
            case "prefix" -> text(name, operator, operand, String::startsWith);
            case "suffix" -> text(name, operator, operand, String::endsWith);
            case "equals-ignore-case" -> text(name, operator, operand, String::equalsIgnoreCase);
            case "exists" -> value -> operand.asBoolean() == isLeaf(value);
            case "anything-but" -> butNot(name, operand);
            default ->
                throw new TemplateRefused(
                        "Local mode does not know " + operator + " in an event pattern (at " + name + ").");
        };
    }

    private interface TextTest {
        boolean test(String value, String operand);
    }

    private static Predicate<JsonNode> text(String name, String operator, JsonNode operand, TextTest test) {
        if (!operand.isTextual()) {
            throw new TemplateRefused(
                    "The " + operator + " of an event pattern (at " + name + ") must be text, not " + operand + ".");
        }
        return value -> value.isTextual() && test.test(value.asText(), operand.asText());
    }

    private static Predicate<JsonNode> butNot(String name, JsonNode operand) {
        Predicate<JsonNode> excluded = operand.isObject()
                ? comparison(name, operand)
                : value ->
                        elements(operand).stream().anyMatch(one -> exactly(one).test(value));
        return value -> isLeaf(value) && !excluded.test(value);
    }

    private static Predicate<JsonNode> exactly(JsonNode wanted) {
        if (wanted.isNumber()) {
            return value -> value.isNumber() && wanted.decimalValue().compareTo(value.decimalValue()) == 0;
        }
        return wanted::equals;
    }

    /** Existence is a question to leaves only. */
    private static boolean isLeaf(JsonNode value) {
        return !value.isMissingNode() && !value.isObject();
    }

    private static List<JsonNode> elements(JsonNode value) {
        if (!value.isArray()) {
            return List.of(value);
        }
        var elements = new ArrayList<JsonNode>();
        value.forEach(elements::add);
        return elements;
    }
}
