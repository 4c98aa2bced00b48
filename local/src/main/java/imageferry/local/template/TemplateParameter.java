package imageferry.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** CloudFormation's checks of one parameter's value. */
record TemplateParameter(
        String name,
        String type,
        @Nullable String defaultValue,
        @Nullable String pattern,
        String patternExplained,
        List<String> allowed,
        @Nullable BigDecimal least,
        @Nullable BigDecimal most,
        int shortest,
        int longest) {
    private static final Set<String> TYPES = Set.of("String", "Number", "CommaDelimitedList", "List<Number>");
    private static final Set<String> KNOWN = Set.of(
            "Type",
            "Default",
            "AllowedPattern",
            "AllowedValues",
            "MinValue",
            "MaxValue",
            "MinLength",
            "MaxLength",
            "ConstraintDescription",
            "Description",
            "NoEcho");

    static TemplateParameter of(String name, JsonNode declared) {
        declared.fieldNames().forEachRemaining(property -> {
            if (!KNOWN.contains(property)) {
                throw new TemplateRefused("Local mode does not know " + property + " of the parameter " + name + ".");
            }
        });
        var type = declared.path("Type").asText();
        if (!TYPES.contains(type)) {
            throw new TemplateRefused("Local mode does not know the type " + type + " of the parameter " + name + ".");
        }
        return new TemplateParameter(
                name,
                type,
                textOf(declared.path("Default")),
                textOf(declared.path("AllowedPattern")),
                declared.path("ConstraintDescription").asText(),
                Intrinsics.texts(declared.path("AllowedValues")),
                numberOf(declared.path("MinValue")),
                numberOf(declared.path("MaxValue")),
                declared.path("MinLength").asInt(0),
                declared.path("MaxLength").asInt(Integer.MAX_VALUE));
    }

    boolean isList() {
        return type.equals("CommaDelimitedList") || type.equals("List<Number>");
    }

    static List<String> elements(String list) {
        return list.isBlank()
                ? List.of()
                : Arrays.stream(list.split(",", -1)).map(String::strip).toList();
    }

    String checked(@Nullable String value) {
        if (value == null) {
            throw new ValueRefused("The parameter " + name + " has no default: give it a value.");
        }
        if (type.equals("Number") || type.equals("List<Number>")) {
            (isList() ? elements(value) : List.of(value)).forEach(this::number);
        }
        if (!allowed.isEmpty() && !allowed.containsAll(isList() ? elements(value) : List.of(value))) {
            throw refused(value, "is none of " + String.join(", ", allowed));
        }
        if (value.length() < shortest || value.length() > longest) {
            throw refused(value, "must have " + shortest + " to " + longest + " characters");
        }
        // An empty list has one element, the empty text, as in CloudFormation.
        if (pattern != null
                && !(isList() && !value.isBlank() ? elements(value) : List.of(value))
                        .stream().allMatch(one -> one.matches(pattern))) {
            throw refused(
                    value,
                    patternExplained.isEmpty() ? "does not match " + pattern : "is not allowed: " + patternExplained);
        }
        return value;
    }

    private void number(String text) {
        if (!text.matches("\\p{ASCII}*")) {
            throw refused(text, "is not a number");
        }
        try {
            var number = new BigDecimal(text);
            if (least != null && number.compareTo(least) < 0) {
                throw refused(text, "is less than " + least.toPlainString());
            }
            if (most != null && number.compareTo(most) > 0) {
                throw refused(text, "is more than " + most.toPlainString());
            }
        } catch (NumberFormatException notANumber) {
            throw refused(text, "is not a number");
        }
    }

    private ValueRefused refused(String value, String why) {
        return new ValueRefused("The value \"" + value + "\" of the parameter " + name + " " + withoutStop(why) + ".");
    }

    private static String withoutStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    private static @Nullable String textOf(JsonNode node) {
        return node.isMissingNode() || node.isNull() ? null : node.asText();
    }

    private static @Nullable BigDecimal numberOf(JsonNode node) {
        return node.isMissingNode() ? null : new BigDecimal(node.asText());
    }
}
