package imageferry.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The routes of the contract, with the contract's examples as values. */
public final class Contracts {
    private Contracts() {}

    /**
     * One route.
     *
     * @param examples of the path's variables
     * @param bodyExample null when it takes no body
     */
    public record Route(String method, String path, Map<String, String> examples, String bodyExample) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    public static List<Route> routes() {
        return Operation.all().stream().map(Contracts::route).toList();
    }

    private static Route route(Operation operation) {
        var examples = new TreeMap<String, String>();
        for (var parameter : operation.definition().path("parameters")) {
            var resolved = resolved(parameter);
            if (resolved.path("in").asText().equals("path")) {
                examples.put(
                        resolved.path("name").asText(),
                        resolved(resolved.path("schema")).path("example").asText());
            }
        }
        var body = operation.definition().at("/requestBody/content/application~1json/example");
        return new Route(operation.method(), operation.path(), examples, body.isMissingNode() ? null : body.toString());
    }

    /** The schema of that name. */
    public static JsonNode schema(String name) {
        return Shipped.OPENAPI.at("/components/schemas/" + name);
    }

    /** The schema of a property, with a reference resolved. */
    public static JsonNode property(String schema, String name) {
        return resolved(schema(schema).path("properties").path(name));
    }

    static JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? Shipped.OPENAPI.at(node.get("$ref").asText().substring(1)) : node;
    }
}
