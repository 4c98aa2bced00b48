package imageferry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.rule.Code;
import java.util.Arrays;
import java.util.HashSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Compares the contract with the template and with the names in the code. */
class OpenApiTest {
    @Test
    void every_route_has_a_function_that_the_gateway_may_call() {
        var callable = Shipped.resources("AWS::Lambda::Permission").values().stream()
                .map(permission -> permission.at("/FunctionName/Ref").asText())
                .toList();

        assertThat(Operation.all())
                .isNotEmpty()
                .allSatisfy(operation ->
                        assertThat(callable).as(operation.toString()).contains(operation.function()));
    }

    @Test
    void every_function_that_the_gateway_may_call_has_a_route() {
        var callable = Shipped.resources("AWS::Lambda::Permission").values().stream()
                .map(permission -> permission.at("/FunctionName/Ref").asText())
                .toList();

        assertThat(Operation.all()).extracting(Operation::function).containsAll(callable);
    }

    @Test
    void every_call_is_signed() {
        assertThat(Shipped.OPENAPI
                        .at("/components/securitySchemes/sigv4/x-amazon-apigateway-authtype")
                        .asText())
                .isEqualTo("awsSigv4");
        assertThat(Operation.all())
                .allSatisfy(operation -> assertThat(
                                operation.definition().at("/security/0").has("sigv4"))
                        .as(operation.toString())
                        .isTrue());
    }

    @Test
    void operations_have_names_of_their_own() {
        assertThat(Operation.all())
                .extracting(
                        operation -> operation.definition().path("operationId").asText())
                .doesNotHaveDuplicates()
                .doesNotContain("");
    }

    @Test
    void every_placeholder_of_a_path_is_a_parameter_with_a_rule() {
        var placeholder = Pattern.compile("\\{(\\w+)}");
        assertThat(Operation.all()).allSatisfy(operation -> {
            var declared = new HashSet<String>();
            operation.definition().path("parameters").forEach(parameter -> {
                var resolved = resolve(parameter);
                if (resolved.get("in").asText().equals("path")) {
                    declared.add(resolved.get("name").asText());
                    assertThat(resolve(resolved.get("schema")).has("pattern")).isTrue();
                }
            });
            assertThat(declared)
                    .as(operation.toString())
                    .containsExactlyInAnyOrderElementsOf(placeholder
                            .matcher(operation.path())
                            .results()
                            .map(match -> match.group(1))
                            .toList());
        });
    }

    @Test
    void a_body_with_an_unknown_field_is_refused() {
        assertThat(Operation.all()).allSatisfy(operation -> {
            var body = operation.definition().at("/requestBody/content/application~1json/schema");
            if (!body.isMissingNode()) {
                assertThat(resolve(body).path("additionalProperties").asText("absent"))
                        .as(operation.toString())
                        .isEqualTo("false");
            }
        });
        assertThat(Shipped.OPENAPI
                        .at("/components/schemas/CopyTarget/additionalProperties")
                        .asText("absent"))
                .isEqualTo("false");
    }

    @Test
    void every_list_in_a_request_has_a_limit() {
        Operation.all()
                .forEach(operation -> limited(
                        operation.toString(),
                        operation.definition().at("/requestBody/content/application~1json/schema")));
    }

    private static void limited(String where, JsonNode schema) {
        Shipped.eachObject(resolve(schema), (path, node) -> {
            if (node.has("$ref")) {
                limited(where + path, node);
            }
            if (node.path("type").asText().equals("array")) {
                assertThat(node.has("maxItems")).as(where + path).isTrue();
            }
        });
    }

    @Test
    void every_error_code_that_a_schema_names_is_one_of_ours() {
        var codes = Arrays.stream(Code.values()).map(Code::toString).toList();

        Shipped.eachObject(Shipped.OPENAPI, (path, node) -> {
            if (node.has("x-imageferry-code")) {
                assertThat(codes)
                        .as(path)
                        .contains(node.get("x-imageferry-code").asText());
            }
        });
    }

    @Test
    void every_reference_leads_somewhere_and_nothing_needs_more_than_json_schema() {
        Shipped.eachObject(Shipped.OPENAPI, (path, node) -> {
            if (node.has("$ref")) {
                assertThat(resolve(node).isMissingNode()).as(path).isFalse();
                assertThat(node).as(path).hasSize(1);
            }
            assertThat(node.has("nullable") || node.has("discriminator"))
                    .as(path)
                    .isFalse();
        });
    }

    @Test
    void every_refusal_is_answered_as_a_problem() {
        assertThat(Operation.all())
                .allSatisfy(operation -> assertThat(operation
                                .definition()
                                .at("/responses/default/$ref")
                                .asText())
                        .isEqualTo("#/components/responses/Problem"));
    }

    private static JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? Shipped.OPENAPI.at(node.get("$ref").asText().substring(1)) : node;
    }
}
