package imageferry.local.machine.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the fields that several types of state share. */
final class PartReader {
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_]\\w{0,79}");

    private PartReader() {}

    static State.Choice choice(DefinitionFields fields) {
        var options = fields.objects("Choices").stream().map(PartReader::option).toList();
        if (options.isEmpty()) {
            fields.findings.add(fields.path, "Choices is missing.");
        }
        return new State.Choice(
                options, fields.optionalText("Default").orElse(null), processing(fields, Scope.ENTERING));
    }

    private static State.Option option(DefinitionFields fields) {
        fields.optionalText("Comment");
        var option = new State.Option(condition(fields), fields.text("Next"), processing(fields, Scope.ENTERING));
        fields.refuseRest();
        return option;
    }

    private static ValueTemplate condition(DefinitionFields fields) {
        var condition = fields.requiredTemplate("Condition", Scope.ENTERING);
        var literal = condition instanceof ValueTemplate.Literal(JsonNode value) && !value.isBoolean();
        if (literal && !ValueTemplateReader.NOTHING.equals(condition)) {
            fields.findings.add(fields.path("Condition"), "Expected an expression.");
        }
        return condition;
    }

    /** Reads Next or End: exactly one of them. */
    static State.Successor next(DefinitionFields fields) {
        var next = fields.optionalText("Next");
        if (next.isPresent() == fields.flag("End")) {
            fields.findings.add(fields.path, "Expected either Next or End: true.");
        }
        return new State.Successor(next.orElse(null));
    }

    static State.OutputProcessing processing(DefinitionFields fields, Scope scope) {
        var assign = new LinkedHashMap<String, ValueTemplate>();
        fields.value("Assign").ifPresent(value -> {
            var variables = new DefinitionFields(fields.path("Assign"), value, fields.findings);
            variables.names().forEach(name -> assign.put(name, variable(variables, name, scope)));
        });
        return new State.OutputProcessing(fields.template("Output", scope).orElse(null), assign);
    }

    private static ValueTemplate variable(DefinitionFields variables, String name, Scope scope) {
        if (!VARIABLE.matcher(name).matches() || name.equals("states")) {
            variables.findings.add(variables.path(name), "Not a name for a variable.");
        }
        return variables.requiredTemplate(name, scope);
    }

    /** Reads an Output without variables, as Succeed has it. */
    static State.OutputProcessing output(DefinitionFields fields) {
        return new State.OutputProcessing(
                fields.template("Output", Scope.ENTERING).orElse(null), Map.of());
    }

    /** Reads a text, or an expression that gives one. */
    static @Nullable ValueTemplate textual(DefinitionFields fields, String name) {
        var template = fields.template(name, Scope.ENTERING).orElse(null);
        if (template != null && !isText(template)) {
            fields.findings.add(fields.path(name), "Expected a string or an expression.");
        }
        return template;
    }

    static boolean isText(ValueTemplate template) {
        return switch (template) {
            case ValueTemplate.Literal(JsonNode value) ->
                value.isTextual() || ValueTemplateReader.NOTHING.equals(template);
            case ValueTemplate.Computed computed -> true;
            case ValueTemplate.Members members -> false;
            case ValueTemplate.Elements elements -> false;
        };
    }
}
