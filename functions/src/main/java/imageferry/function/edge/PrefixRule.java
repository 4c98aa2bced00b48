package imageferry.function.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import imageferry.rule.Violation;
import java.util.List;
import java.util.Optional;

/**
 * Parameters whose names begin with a prefix and go on with a key that the caller chooses, as {@code tag.os}.
 *
 * @param key the schema of the keys
 * @param value the rule of the values
 */
record PrefixRule(String prefix, JsonNode key, ParameterRule value) {
    static Optional<PrefixRule> of(JsonNode declared) {
        return declared.isMissingNode()
                ? Optional.empty()
                : Optional.of(new PrefixRule(
                        declared.path("name").asText(), declared.path("key"), ParameterRule.of(declared)));
    }

    Optional<Violation> violation(String name, List<String> values) {
        return FlatSchema.broken(key, TextNode.valueOf(name.substring(prefix.length())))
                .map(broken -> new Violation(
                        value.code(),
                        Demand.shown(name, BrokenSchema.LONGEST_SHOWN),
                        "",
                        "The key after \"" + prefix + "\" "
                                + Demand.of(broken.keyword(), broken.schema(), broken.value())))
                .or(() -> value.violation(name, values));
    }
}
