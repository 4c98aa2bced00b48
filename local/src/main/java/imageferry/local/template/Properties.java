package imageferry.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** The resolved properties of one resource (or event of a function), which refuses unknown properties by name. */
record Properties(String owner, JsonNode values) {
    /** Refuses every property that is neither understood nor without effect on a local run. */
    Properties only(Set<String> understood, Set<String> withoutEffect) {
        values.fieldNames().forEachRemaining(name -> {
            if (!understood.contains(name) && !withoutEffect.contains(name)) {
                throw new TemplateRefused("Local mode does not understand " + name + " of " + owner + ".");
            }
        });
        return this;
    }

    Properties in(String name) {
        return new Properties(owner + "." + name, values.path(name));
    }

    boolean has(String name) {
        return values.has(name);
    }

    JsonNode at(String name) {
        return values.path(name);
    }

    String text(String name) {
        var value = values.path(name);
        if (!value.isValueNode() || value.isNull()) {
            throw new TemplateRefused(owner + " has no " + name + ".");
        }
        return value.asText();
    }

    String text(String name, String absent) {
        return has(name) ? text(name) : absent;
    }

    /** A whole number; text that is one counts, as in CloudFormation. */
    int number(String name, int absent) {
        if (!has(name)) {
            return absent;
        }
        try {
            return Integer.parseInt(text(name));
        } catch (NumberFormatException notANumber) {
            throw new TemplateRefused(name + " of " + owner + " is not a whole number: " + text(name) + ".");
        }
    }

    boolean flag(String name, boolean absent) {
        return has(name) ? Boolean.parseBoolean(text(name)) : absent;
    }

    /** Refuses a property whose value is not the one that local mode can do. */
    Properties must(String name, String value) {
        if (has(name) && !text(name).equals(value)) {
            throw new TemplateRefused(
                    "Local mode knows only " + value + " for " + name + " of " + owner + ", not " + text(name) + ".");
        }
        return this;
    }
}
