import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/**
 * Writes the parts of the contract that functions need as JSON. The schemas of bodies are in one file, the parameters of
 * every route in another, so that a function without a body reads little. No function contains a YAML parser or reads the
 * whole contract while a caller waits.
 */
final class ContractToJson {
    /** Words for people; a schema property of such a name is an object and stays. */
    private static final List<String> PROSE = List.of("description", "example");

    private final JsonNode contract;

    ContractToJson(JsonNode contract) {
        this.contract = contract;
    }

    ObjectNode bodies() {
        var needed = JsonNodeFactory.instance.objectNode();
        var paths = needed.putObject("paths");
        contract.path("paths").properties().forEach(path -> path.getValue().properties().forEach(operation -> {
            var body = operation.getValue().path("requestBody");
            if (!body.isMissingNode()) {
                paths.withObjectProperty(path.getKey()).putObject(operation.getKey()).set("requestBody", body);
            }
        }));
        var components = needed.putObject("components");
        components.set("schemas", contract.at("/components/schemas"));
        return (ObjectNode) withoutProse(needed);
    }

    ObjectNode parameters() {
        var routes = JsonNodeFactory.instance.objectNode();
        contract.path("paths").properties().forEach(path -> path.getValue().properties().forEach(operation -> {
            var route = routes.putObject(operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
            route.put("body", operation.getValue().has("requestBody"));
            var parameters = route.putArray("parameters");
            operation.getValue().path("parameters").forEach(parameter -> parameters.add(resolved(parameter)));
            var prefix = operation.getValue().path("x-imageferry-query-prefix");
            if (!prefix.isMissingNode()) {
                var tags = resolved(prefix.path("schema"));
                route.putObject("prefix").put("name", prefix.path("prefix").asText())
                        .<ObjectNode>set("key", tags.path("x-imageferry-property-names"))
                        .set("schema", tags.path("additionalProperties"));
            }
        }));
        return (ObjectNode) withoutProse(routes);
    }

    /** With what its references lead to in their places; parameters refer to no schema that refers to itself. */
    private JsonNode resolved(JsonNode node) {
        if (node.has("$ref")) {
            return resolved(contract.at(node.path("$ref").asText().substring(1)));
        }
        if (!node.isObject()) {
            return node;
        }
        var object = JsonNodeFactory.instance.objectNode();
        node.properties().forEach(field -> object.set(field.getKey(), resolved(field.getValue())));
        return object;
    }

    private static JsonNode withoutProse(JsonNode node) {
        if (node instanceof ObjectNode object) {
            PROSE.stream().filter(name -> !object.path(name).has("type") && !object.path(name).has("$ref"))
                    .forEach(object::remove);
        }
        node.forEach(ContractToJson::withoutProse);
        return node;
    }
}
