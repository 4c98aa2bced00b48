package imageferry.local.machine.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The fields of one object of a definition; records which were read, and so which are unknown. */
final class DefinitionFields {
    final String path;
    final Findings findings;
    private final JsonNode node;
    private final Set<String> known = new HashSet<>();

    DefinitionFields(String path, JsonNode node, Findings findings) {
        this.path = path;
        this.node = node;
        this.findings = findings;
        if (!node.isObject()) {
            findings.add(path, "Expected an object.");
        }
    }

    Optional<JsonNode> value(String name) {
        known.add(name);
        return Optional.ofNullable(node.get(name));
    }

    JsonNode required(String name) {
        return value(name).orElseGet(() -> {
            findings.add(path, name + " is missing.");
            return Json.node(null);
        });
    }

    String text(String name) {
        return asText(name, required(name));
    }

    Optional<String> optionalText(String name) {
        return value(name).map(value -> asText(name, value));
    }

    private String asText(String name, JsonNode value) {
        if (!value.isTextual() && !value.isNull()) {
            findings.add(path(name), "Expected a string, found " + value + ".");
        }
        return value.asText();
    }

    boolean flag(String name) {
        var value = value(name);
        value.filter(flag -> !flag.isBoolean())
                .ifPresent(flag -> findings.add(path(name), "Expected true or false, found " + flag + "."));
        return value.map(JsonNode::asBoolean).orElse(false);
    }

    /** A whole number from {@code least} to AWS's maximum. */
    Optional<Integer> number(String name, int least) {
        var value = value(name);
        value.filter(number -> !isWhole(number, least))
                .ifPresent(number -> findings.add(
                        path(name), "Expected a whole number from " + least + " to 99999999, found " + number + "."));
        return value.map(JsonNode::asInt);
    }

    /** Like {@link #number}, or an expression that gives one. */
    Optional<ValueTemplate> numberOrExpression(String name, int least) {
        return value(name).map(value -> {
            var template = new ValueTemplateReader(findings).read(path(name), value, Scope.ENTERING);
            if (!(template instanceof ValueTemplate.Computed) && !isWhole(value, least)) {
                findings.add(
                        path(name),
                        "Expected a whole number from " + least + " or an expression, found " + value + ".");
            }
            return template;
        });
    }

    private static boolean isWhole(JsonNode value, int least) {
        return value.isIntegralNumber()
                && value.canConvertToInt()
                && value.asInt() >= least
                && value.asInt() <= 99_999_999;
    }

    Optional<ValueTemplate> template(String name, Scope scope) {
        return value(name).map(value -> new ValueTemplateReader(findings).read(path(name), value, scope));
    }

    ValueTemplate requiredTemplate(String name, Scope scope) {
        return new ValueTemplateReader(findings).read(path(name), required(name), scope);
    }

    DefinitionFields object(String name) {
        return new DefinitionFields(path(name), required(name), findings);
    }

    /** The objects of an array; none if the field is absent. */
    List<DefinitionFields> objects(String name) {
        var objects = new ArrayList<DefinitionFields>();
        value(name).ifPresent(array -> {
            if (!array.isArray() || array.isEmpty()) {
                findings.add(path(name), "Expected a list that is not empty.");
            }
            array.forEach(
                    item -> objects.add(new DefinitionFields(path(name) + "[" + objects.size() + "]", item, findings)));
        });
        return objects;
    }

    List<String> texts(String name) {
        var texts = new ArrayList<String>();
        var array = required(name);
        if (!array.isArray() || array.isEmpty()) {
            findings.add(path(name), "Expected a list that is not empty.");
        }
        array.forEach(item -> texts.add(asText(name, item)));
        return texts;
    }

    List<String> names() {
        var names = new ArrayList<String>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    String path(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** Ends the reading: fields that no reader used are unknown. */
    void refuseRest() {
        names().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> findings.add(path(name), "This field is not known to this runner."));
    }
}
