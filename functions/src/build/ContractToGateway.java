import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Reduces the contract to the document that API Gateway imports: paths, methods, names of parameters, security and
 * integrations. AWS documents {@code default}, {@code example} and much of JSON Schema as unsupported for REST APIs; the
 * functions check parameters and bodies, so nothing at the gateway uses a schema.
 */
final class ContractToGateway {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final JsonNode contract;

    ContractToGateway(JsonNode contract) {
        this.contract = contract;
    }

    /** @param parts the gateway's own responses and its policy */
    ObjectNode with(JsonNode parts) {
        var gateway = JSON.objectNode();
        gateway.set("openapi", contract.path("openapi"));
        gateway.putObject("info")
                .<ObjectNode>set("title", contract.at("/info/title"))
                .set("version", contract.at("/info/version"));
        var paths = gateway.putObject("paths");
        contract.path("paths").properties().forEach(path -> path.getValue().properties().forEach(operation ->
                paths.withObjectProperty(path.getKey()).set(operation.getKey(), reduced(operation.getValue()))));
        gateway.putObject("components").set("securitySchemes", contract.at("/components/securitySchemes"));
        parts.properties().forEach(part -> gateway.set(part.getKey(), part.getValue()));
        return gateway;
    }

    private static ObjectNode integration(String function) {
        var integration = JSON.objectNode().put("type", "aws_proxy").put("httpMethod", "POST");
        integration.putObject("uri").put("Fn::Sub", "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${"
                + function + ".Arn}/invocations");
        return integration;
    }

    private ObjectNode reduced(JsonNode operation) {
        var reduced = JSON.objectNode();
        reduced.set("security", operation.path("security"));
        if (operation.has("parameters")) {
            reduced.set("parameters", names(operation.path("parameters")));
        }
        reduced.putObject("responses").putObject("200").put("description", "The answer of the function");
        reduced.set("x-amazon-apigateway-integration", integration(operation.path("x-imageferry-function").asText()));
        return reduced;
    }

    private ArrayNode names(JsonNode parameters) {
        var names = JSON.arrayNode();
        parameters.forEach(declared -> {
            var parameter = declared.has("$ref") ? contract.at(declared.path("$ref").asText().substring(1)) : declared;
            var place = parameter.path("in").asText();
            names.addObject()
                    .put("name", parameter.path("name").asText())
                    .put("in", place)
                    .put("required", place.equals("path"))
                    .putObject("schema").put("type", "string");
        });
        return names;
    }
}
