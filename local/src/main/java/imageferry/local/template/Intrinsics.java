package imageferry.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces intrinsic functions by their values in the local stack; one that it does not know is refused by name. */
record Intrinsics(Stack stack, JsonNode conditions) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern PLACE = Pattern.compile("\\$\\{([^}]*)}");
    /** The value of AWS::NoValue: nothing, so that the property or element disappears. */
    private static final JsonNode NO_VALUE = MissingNode.getInstance();

    /** The values of {@code Ref} and {@code GetAtt} in this stack. */
    interface Stack {
        JsonNode ref(String name);

        String attribute(String resource, String attribute);
    }

    JsonNode resolve(JsonNode node) {
        if (node.isArray()) {
            var array = JSON.arrayNode();
            node.forEach(element -> {
                var value = resolve(element);
                if (!value.isMissingNode()) {
                    array.add(value);
                }
            });
            return array;
        }
        return node instanceof ObjectNode object ? resolveObject(object) : node;
    }

    private JsonNode resolveObject(ObjectNode object) {
        if (object.size() == 1) {
            var only = object.properties().iterator().next();
            if (only.getKey().equals("Ref") || only.getKey().startsWith("Fn::")) {
                return call(only.getKey(), only.getValue());
            }
        }
        var resolved = JSON.objectNode();
        object.properties().forEach(property -> {
            var value = resolve(property.getValue());
            if (!value.isMissingNode()) {
                resolved.set(property.getKey(), value);
            }
        });
        return resolved;
    }

    private JsonNode call(String function, JsonNode argument) {
        return switch (function) {
            case "Ref" -> "AWS::NoValue".equals(argument.asText()) ? NO_VALUE : stack.ref(argument.asText());
            case "Fn::GetAtt" -> JSON.textNode(getAtt(argument));
            case "Fn::Sub" -> JSON.textNode(sub(argument));
            case "Fn::Join" -> JSON.textNode(String.join(argument.path(0).asText(), texts(resolve(argument.path(1)))));
            case "Fn::Split" -> split(argument);
            case "Fn::Select" -> select(argument);
            case "Fn::If" -> resolve(condition(argument.path(0).asText()) ? argument.path(1) : argument.path(2));
            case "Fn::Equals", "Fn::Not", "Fn::And", "Fn::Or" -> JSON.booleanNode(truth(function, argument));
            case "Fn::Transform" -> JSON.objectNode().set(function, argument);
            default -> throw new TemplateRefused("Local mode does not know the intrinsic function " + function + ".");
        };
    }

    boolean condition(String name) {
        var condition = conditions.path(name);
        if (condition.isMissingNode()) {
            throw new TemplateRefused("The template has no condition " + name + ".");
        }
        return truth(condition);
    }

    private boolean truth(JsonNode expression) {
        if (expression.isObject() && expression.size() == 1) {
            var only = expression.properties().iterator().next();
            return only.getKey().equals("Condition")
                    ? condition(only.getValue().asText())
                    : truth(only.getKey(), only.getValue());
        }
        throw new TemplateRefused("Local mode does not understand the condition " + expression + ".");
    }

    private boolean truth(String function, JsonNode arguments) {
        return switch (function) {
            case "Fn::Equals" ->
                resolve(arguments.path(0))
                        .asText()
                        .equals(resolve(arguments.path(1)).asText());
            case "Fn::Not" -> !truth(arguments.path(0));
            case "Fn::And" -> elements(arguments).stream().allMatch(this::truth);
            case "Fn::Or" -> elements(arguments).stream().anyMatch(this::truth);
            default -> throw new TemplateRefused("Local mode does not know the condition function " + function + ".");
        };
    }

    private String getAtt(JsonNode argument) {
        if (argument.isArray()) {
            return stack.attribute(argument.path(0).asText(), argument.path(1).asText());
        }
        return dotted(argument.asText());
    }

    private String dotted(String name) {
        var dot = name.indexOf('.');
        if (dot < 0) {
            throw new TemplateRefused("Fn::GetAtt needs Resource.Attribute, not " + name + ".");
        }
        return stack.attribute(name.substring(0, dot), name.substring(dot + 1));
    }

    private String sub(JsonNode argument) {
        var text = argument.isArray() ? argument.path(0).asText() : argument.asText();
        var own = argument.path(1);
        return PLACE.matcher(text).replaceAll(match -> {
            var name = match.group(1).strip();
            return Matcher.quoteReplacement(name.startsWith("!") ? "${" + name.substring(1) + "}" : place(name, own));
        });
    }

    private String place(String name, JsonNode own) {
        if (own.has(name)) {
            return resolve(own.path(name)).asText();
        }
        return name.contains(".") ? dotted(name) : stack.ref(name).asText();
    }

    private JsonNode split(JsonNode argument) {
        var array = JSON.arrayNode();
        var separator = Pattern.compile(argument.path(0).asText(), Pattern.LITERAL);
        separator.splitAsStream(resolve(argument.path(1)).asText()).forEach(array::add);
        return array;
    }

    private JsonNode select(JsonNode argument) {
        var index = resolve(argument.path(0)).asInt();
        var list = resolve(argument.path(1));
        if (!list.has(index)) {
            throw new TemplateRefused("Fn::Select finds no element " + index + " in " + list + ".");
        }
        return list.path(index);
    }

    static List<String> texts(JsonNode list) {
        return elements(list).stream().map(JsonNode::asText).toList();
    }

    /** Returns the elements of a list; a single value is a list of one, as CloudFormation often allows. */
    static List<JsonNode> elements(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return List.of();
        }
        if (!node.isArray()) {
            return List.of(node);
        }
        var elements = new ArrayList<JsonNode>();
        node.forEach(elements::add);
        return elements;
    }
}
