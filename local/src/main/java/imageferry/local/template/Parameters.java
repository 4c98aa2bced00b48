package imageferry.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The template's parameters with their values in this run: its own defaults, changed by the user's settings. */
public final class Parameters {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Map<String, TemplateParameter> rules = new LinkedHashMap<>();
    private final Map<String, String> values = new LinkedHashMap<>();

    /** Checks every value. All unknown names and values outside their rules are in one {@link ValueRefused}. */
    Parameters(JsonNode declared, Map<String, String> overrides) {
        declared.properties()
                .forEach(entry -> rules.put(entry.getKey(), TemplateParameter.of(entry.getKey(), entry.getValue())));
        var faults = new ArrayList<String>();
        overrides.keySet().forEach(name -> collected(faults, () -> known(name)));
        rules.forEach((name, rule) -> collected(
                faults, () -> values.put(name, rule.checked(overrides.getOrDefault(name, rule.defaultValue())))));
        if (!faults.isEmpty()) {
            throw new ValueRefused(String.join(" ", faults));
        }
    }

    private static void collected(List<String> faults, Runnable check) {
        try {
            check.run();
        } catch (ValueRefused refused) {
            faults.add(String.valueOf(refused.getMessage()));
        }
    }

    private void known(String name) {
        if (!rules.containsKey(name)) {
            throw new ValueRefused("There is no parameter " + name + "; the template knows "
                    + String.join(", ", new TreeSet<>(rules.keySet())) + ".");
        }
    }

    public boolean has(String name) {
        return rules.containsKey(name);
    }

    /** Returns the value as text; a list is comma separated. An unknown name is a {@link TemplateRefused}. */
    public String text(String name) {
        known(name);
        return values.getOrDefault(name, "");
    }

    /** Returns all names with their values, in the template's order. */
    public Map<String, String> all() {
        return Map.copyOf(values);
    }

    JsonNode ref(String name) {
        var text = text(name);
        var rule = rules.get(name);
        if (rule != null && rule.isList()) {
            var list = JSON.arrayNode();
            TemplateParameter.elements(text).forEach(list::add);
            return list;
        }
        return JSON.textNode(text);
    }
}
