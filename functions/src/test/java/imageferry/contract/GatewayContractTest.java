package imageferry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * API Gateway imports the routes of the contract, and nothing that a REST API does not support. The source is "Amazon API
 * Gateway important notes for REST APIs" in its developer guide.
 */
class GatewayContractTest {
    /** Unsupported, ignored, or supported in some schemas only. A schema here says nothing but that a parameter is a text. */
    private static final Set<String> UNSUPPORTED = Set.of(
            "default",
            "deprecated",
            "discriminator",
            "example",
            "examples",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "nullable",
            "oneOf",
            "anyOf",
            "allOf",
            "additionalProperties",
            "readOnly",
            "writeOnly",
            "minItems",
            "maxItems",
            "pattern",
            "format",
            "links",
            "content",
            "requestBody",
            "schemas",
            "$ref");

    @Test
    void the_gateway_has_the_routes_of_the_contract_with_their_functions() {
        assertThat(Operation.in(Shipped.GATEWAY))
                .extracting(operation -> operation + " " + operation.integrated())
                .containsExactlyElementsOf(Operation.all().stream()
                        .map(operation -> operation + " " + operation.function())
                        .toList());
    }

    @Test
    void a_route_of_the_gateway_has_the_names_of_its_parameters_and_its_security() {
        var contract = Operation.all();
        var gateway = Operation.in(Shipped.GATEWAY);

        for (var i = 0; i < contract.size(); i++) {
            var route = gateway.get(i).definition();
            assertThat(names(route))
                    .as(gateway.get(i).toString())
                    .isEqualTo(names(contract.get(i).definition()));
            assertThat(route.get("security"))
                    .as(gateway.get(i).toString())
                    .isEqualTo(contract.get(i).definition().get("security"));
        }
    }

    @Test
    void nothing_that_aws_calls_unsupported_is_imported() {
        assertThat(unsupportedIn(Shipped.GATEWAY)).isEmpty();
        // So the check can find something.
        assertThat(unsupportedIn(Shipped.OPENAPI)).contains("default", "example", "$ref");
    }

    /** A new keyword is refused until somebody has looked up whether a REST API supports it. */
    @Test
    void only_known_keywords_are_imported() {
        assertThat(keys(Shipped.GATEWAY))
                .containsExactlyInAnyOrder(
                        "openapi",
                        "info",
                        "paths",
                        "components",
                        "x-amazon-apigateway-gateway-responses",
                        "x-amazon-apigateway-policy");
        assertThat(keys(Shipped.GATEWAY.get("info"))).containsExactlyInAnyOrder("title", "version");
        assertThat(keys(Shipped.GATEWAY.get("components"))).containsExactly("securitySchemes");
        assertThat(Operation.in(Shipped.GATEWAY)).allSatisfy(operation -> {
            assertThat(keys(operation.definition()))
                    .isSubsetOf("security", "parameters", "responses", "x-amazon-apigateway-integration");
            assertThat(keys(operation.definition().get("responses"))).containsExactly("200");
            assertThat(keys(operation.definition().at("/responses/200"))).containsExactly("description");
            assertThat(operation.definition().path("parameters"))
                    .allSatisfy(parameter ->
                            assertThat(keys(parameter)).containsExactlyInAnyOrder("name", "in", "required", "schema"))
                    .allSatisfy(parameter ->
                            assertThat(parameter.get("schema").toString()).isEqualTo("{\"type\":\"string\"}"));
        });
    }

    /** Letters, digits, underscores, hyphens, periods, commas, colons; a parameter is a whole segment. */
    @Test
    void paths_have_segments_that_the_gateway_accepts() {
        assertThat(keys(Shipped.GATEWAY.get("paths")))
                .isNotEmpty()
                .allMatch(path -> path.matches("(/([A-Za-z0-9_.,:-]+|\\{[A-Za-z0-9_.-]+}))+"));
    }

    @Test
    void every_integration_is_a_lambda_proxy() {
        assertThat(Operation.in(Shipped.GATEWAY)).allSatisfy(operation -> {
            var integration = operation.definition().get("x-amazon-apigateway-integration");
            assertThat(integration.get("type").asText()).isEqualTo("aws_proxy");
            assertThat(integration.get("httpMethod").asText()).isEqualTo("POST");
        });
    }

    @Test
    void every_refusal_of_the_gateway_is_answered_as_a_problem() {
        var responses = Shipped.GATEWAY.get("x-amazon-apigateway-gateway-responses");

        // It cannot be customized.
        assertThat(responses.has("REQUEST_TOO_LARGE")).isFalse();
        assertThat(responses).isNotEmpty().allSatisfy(response -> {
            assertThat(response.at("/responseParameters/gatewayresponse.header.Content-Type")
                            .asText())
                    .isEqualTo("'application/problem+json'");
            assertThat(response.at("/responseTemplates/application~1json").asText())
                    .contains("\"requestId\":\"$context.requestId\"");
        });
    }

    /** A function that Lambda throttles is a failed integration; without a response of its own, callers get a bare 500. */
    @Test
    void an_answer_that_no_function_gave_says_when_to_come_back() {
        var responses = Shipped.GATEWAY.get("x-amazon-apigateway-gateway-responses");

        assertThat(List.of("INTEGRATION_FAILURE", "INTEGRATION_TIMEOUT", "API_CONFIGURATION_ERROR", "DEFAULT_5XX"))
                .allSatisfy(type -> {
                    var response = responses.path(type);
                    assertThat(response.path("statusCode").asText()).isEqualTo("503");
                    assertThat(response.at("/responseParameters/gatewayresponse.header.Retry-After")
                                    .asText())
                            .matches("'[1-9][0-9]*'");
                    assertThat(response.at("/responseTemplates/application~1json")
                                    .asText())
                            .contains("\"status\":503,\"code\":\"ServiceUnavailable\"", "client token");
                });
    }

    @Test
    void the_template_deploys_it() {
        assertThat(Shipped.TEMPLATE
                        .at("/Resources/Api/Properties/DefinitionBody/Fn::Transform/Parameters/Location")
                        .asText())
                .isEqualTo("functions/target/gateway.yaml");
    }

    private static Set<String> unsupportedIn(JsonNode document) {
        var found = new TreeSet<String>();
        Shipped.eachObject(document, (path, node) -> {
            if (!path.startsWith("/x-amazon-apigateway-")) {
                keys(node).filter(UNSUPPORTED::contains).forEach(found::add);
            }
        });
        return found;
    }

    private static List<String> names(JsonNode operation) {
        return operation
                .path("parameters")
                .valueStream()
                .map(Contracts::resolved)
                .map(parameter -> parameter.get("in").asText() + " "
                        + parameter.get("name").asText())
                .toList();
    }

    private static Stream<String> keys(JsonNode node) {
        return node.propertyStream().map(property -> property.getKey());
    }
}
