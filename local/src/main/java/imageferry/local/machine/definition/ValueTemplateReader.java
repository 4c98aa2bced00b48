package imageferry.local.machine.definition;

import com.dashjoin.jsonata.JException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/** Reads a value that may hold expressions, and checks the grammar and the names of each. */
record ValueTemplateReader(Findings findings) {
    /** Replaces a value that has a finding: such a definition never runs. */
    static final ValueTemplate NOTHING = new ValueTemplate.Literal(JsonNodeFactory.instance.nullNode());

    private static final String OPEN = "{%";
    private static final String CLOSE = "%}";

    ValueTemplate read(String path, JsonNode node, Scope scope) {
        return switch (node.getNodeType()) {
            case STRING -> string(path, node, scope);
            case OBJECT -> object(path, node, scope);
            case ARRAY -> array(path, node, scope);
            default -> new ValueTemplate.Literal(node);
        };
    }

    private ValueTemplate string(String path, JsonNode node, Scope scope) {
        var text = node.textValue();
        if (text.length() >= 4 && text.startsWith(OPEN) && text.endsWith(CLOSE)) {
            return expression(path, text.substring(2, text.length() - 2).strip(), scope);
        }
        if (text.strip().startsWith(OPEN) || text.strip().endsWith(CLOSE)) {
            findings.add(
                    path, "An expression is the whole string from {% to %}, not even a space or line break around it.");
        }
        return new ValueTemplate.Literal(node);
    }

    private ValueTemplate expression(String path, String source, Scope scope) {
        try {
            var expression = new Expression(path, source);
            Vocabulary.strangersIn(source, scope).forEach(stranger -> findings.add(path, stranger));
            return new ValueTemplate.Computed(expression);
        } catch (JException e) {
            findings.add(path, "Not JSONata: " + e.getMessage());
            return NOTHING;
        }
    }

    private ValueTemplate object(String path, JsonNode node, Scope scope) {
        var members = new LinkedHashMap<String, ValueTemplate>();
        node.properties()
                .forEach(member ->
                        members.put(member.getKey(), read(path + "." + member.getKey(), member.getValue(), scope)));
        var fixed = members.values().stream().allMatch(ValueTemplate.Literal.class::isInstance);
        return fixed ? new ValueTemplate.Literal(node) : new ValueTemplate.Members(members);
    }

    private ValueTemplate array(String path, JsonNode node, Scope scope) {
        var elements = new ArrayList<ValueTemplate>();
        for (var element : node) {
            elements.add(read(path + "[" + elements.size() + "]", element, scope));
        }
        var fixed = elements.stream().allMatch(ValueTemplate.Literal.class::isInstance);
        return fixed ? new ValueTemplate.Literal(node) : new ValueTemplate.Elements(elements);
    }
}
