package imageferry.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/** The template's parameters with their values in this run: its own defaults, changed by what the user set. */
public final class Parameters {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Map<String, ParameterRule> rules = new LinkedHashMap<>();
    private final Map<String, String> values = new LinkedHashMap<>();

    /** Checks every value; an unknown name or a value outside its rule is a {@link TemplateRefused}. */
    Parameters(JsonNode declared, Map<String, String> overrides) {
        declared.properties()
                .forEach(entry -> rules.put(entry.getKey(), ParameterRule.of(entry.getKey(), entry.getValue())));
        overrides.keySet().forEach(this::known);
        rules.forEach(
                (name, rule) -> values.put(name, rule.checked(overrides.getOrDefault(name, rule.defaultValue()))));
    }

    private void known(String name) {
        if (!rules.containsKey(name)) {
            throw new TemplateRefused("There is no parameter " + name + "; the template knows "
                    + String.join(", ", new TreeSet<>(rules.keySet())) + ".");
        }
    }

    public boolean has(String name) {
        return rules.containsKey(name);
    }

    /** The value as text; a list is comma separated. An unknown name is a {@link TemplateRefused}. */
    public String text(String name) {
        known(name);
        return values.getOrDefault(name, "");
    }

    /** All names with their values, in the template's order. */
    public Map<String, String> all() {
        return Map.copyOf(values);
    }

    JsonNode ref(String name) {
        var text = text(name);
        var rule = rules.get(name);
        if (rule != null && rule.isList()) {
            var list = JSON.arrayNode();
            ParameterRule.elements(text).forEach(list::add);
            return list;
        }
        return JSON.textNode(text);
    }
}
