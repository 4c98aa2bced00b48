package imageferry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Generators and readers need names, sizes, words and examples in the contract. */
class ContractForGeneratorsTest {
    private static final Set<String> FORMATS = Set.of("int32", "int64", "date-time", "uri", "uri-reference");

    /** 32 bits are the default of most generators, and too few for the bytes of a disk. */
    @Test
    void every_integer_says_how_many_bits_it_has() {
        schemas((path, schema) -> {
            if (schema.path("type").asText().equals("integer")) {
                assertThat(schema.path("format").asText()).as(path).isIn("int32", "int64");
            }
            if (schema.has("format")) {
                assertThat(FORMATS).as(path).contains(schema.path("format").asText());
            }
            assertThat(schema.path("type").asText()).as(path).isNotEqualTo("number");
        });
    }

    @Test
    void a_count_of_bytes_or_seconds_has_64_bits() {
        Shipped.eachObject(
                Shipped.OPENAPI.at("/components/schemas"),
                (path, node) -> node.path("properties").properties().forEach(property -> {
                    if (property.getKey().toLowerCase(Locale.ROOT).matches(".*(bytes|seconds).*")) {
                        assertThat(property.getValue().path("format").asText())
                                .as(path + "/" + property.getKey())
                                .isEqualTo(
                                        property.getValue()
                                                        .path("type")
                                                        .asText()
                                                        .equals("integer")
                                                ? "int64"
                                                : "");
                    }
                }));
    }

    @Test
    void every_object_and_every_enumeration_has_a_name_of_its_own() {
        var values = new HashMap<String, String>();
        Shipped.eachObject(Shipped.OPENAPI, (path, node) -> {
            var named = path.matches("/components/schemas/[A-Za-z]+");
            if (node.has("properties") && node.path("type").asText().equals("object")) {
                assertThat(named).as(path + " is an object without a name").isTrue();
            }
            if (node.path("enum").isArray()) {
                assertThat(named).as(path + " is an enumeration without a name").isTrue();
                assertThat(values.put(node.get("enum").toString(), path))
                        .as(path + " is doubled")
                        .isNull();
            }
        });
    }

    /** Go keeps the constants of all enumerations in one package, named by their values alone. */
    @Test
    void no_two_enumerations_have_a_constant_of_one_name() {
        var constants = new HashMap<String, String>();
        Shipped.eachObject(Shipped.OPENAPI, (path, node) -> {
            var values = node.path("enum");
            var names = node.has("x-enum-varnames") ? node.path("x-enum-varnames") : values;
            assertThat(names).as(path).hasSameSizeAs(values);
            names.forEach(name -> assertThat(constants.put(constant(name.asText()), path))
                    .as(path + " " + name)
                    .isNull());
        });
    }

    /** The form of Go's generator: {@code CreateFailed} is {@code CREATE_FAILED}. */
    private static String constant(String value) {
        return value.replaceAll("([a-z])([A-Z])", "$1_$2")
                .replaceAll("[^A-Za-z0-9]", "_")
                .toUpperCase(Locale.ROOT);
    }

    /** API Gateway's models have names of letters and digits. */
    @Test
    void every_schema_has_a_name_that_api_gateway_takes_and_says_what_it_is() {
        Shipped.OPENAPI.at("/components/schemas").properties().forEach(schema -> {
            assertThat(schema.getKey()).matches("[A-Z][A-Za-z0-9]*");
            assertThat(schema.getValue().path("description").asText())
                    .as(schema.getKey())
                    .isNotBlank();
        });
    }

    @Test
    void every_field_except_a_reference_has_a_description_and_every_text_and_number_an_example() {
        Shipped.OPENAPI
                .at("/components/schemas")
                .properties()
                .forEach(schema -> schema.getValue()
                        .path("properties")
                        .properties()
                        .forEach(property -> {
                            var where = schema.getKey() + "." + property.getKey();
                            var field = property.getValue();
                            if (!field.has("$ref")) {
                                assertThat(field.path("description").asText())
                                        .as(where)
                                        .isNotBlank();
                                assertThat(field.has("example")
                                                || Set.of("boolean", "array")
                                                        .contains(field.path("type")
                                                                .asText()))
                                        .as(where + " has an example")
                                        .isTrue();
                            }
                        }));
    }

    @Test
    void every_operation_has_a_tag_that_is_declared_and_every_parameter_a_description() {
        var declared = new HashSet<String>();
        Shipped.OPENAPI
                .path("tags")
                .forEach(tag -> declared.add(tag.path("name").asText()));
        var used = new HashSet<String>();

        for (var operation : Operation.all()) {
            var tags = operation.definition().path("tags");
            assertThat(tags).as(operation.toString()).hasSize(1);
            used.add(tags.get(0).asText());
            for (var parameter : operation.definition().path("parameters")) {
                assertThat(Contracts.resolved(parameter).path("description").asText())
                        .as(operation + " " + parameter)
                        .isNotBlank();
            }
        }
        assertThat(used).isEqualTo(declared);
    }

    @Test
    void every_pattern_is_also_described_in_words() {
        schemas((path, schema) -> {
            if (schema.has("pattern")) {
                assertThat(schema.path("x-imageferry-form").asText()).as(path).isNotBlank();
            }
        });
    }

    /** The pattern languages have different names for these, but Java, Python, ECMAScript and Go read them alike. */
    @Test
    void every_pattern_spans_the_whole_text_and_matches_its_example() {
        schemas((path, schema) -> {
            if (schema.has("pattern")) {
                var pattern = schema.path("pattern").asText();
                assertThat(pattern).as(path).startsWith("^").endsWith("$").doesNotContain("(?", "\\p", "\\u");
                if (schema.has("example")) {
                    assertThat(schema.path("example").asText()).as(path).matches(Pattern.compile(pattern));
                }
            }
        });
    }

    @Test
    void a_link_leads_to_an_operation_and_fills_parameters_that_it_has() {
        var operations = new HashMap<String, Operation>();
        Operation.all()
                .forEach(operation -> operations.put(
                        operation.definition().path("operationId").asText(), operation));
        var reached = new TreeSet<String>();
        for (var operation : Operation.all()) {
            operation
                    .definition()
                    .path("responses")
                    .forEach(response -> response.path("links").forEach(link -> {
                        var target = operations.get(link.path("operationId").asText());
                        assertThat(target).as(operation + " " + link).isNotNull();
                        reached.add(link.path("operationId").asText());
                        link.path("parameters").properties().forEach(parameter -> {
                            assertThat(parameters(target))
                                    .as(operation + " " + link)
                                    .contains(parameter.getKey());
                            leads(operation, response, parameter.getValue().asText());
                        });
                    }));
        }
        assertThat(reached)
                .contains("copyImage", "getCopy", "cancelCopy", "retryCopy", "shareImage")
                .contains("getImage", "downloadImage", "deleteImage", "getInstance", "deleteInstance", "getGroup");
    }

    /**
     * {@code $response.body#/copies/0/copyId} is a field of every such answer, {@code $request.path.imageId} a
     * parameter.
     */
    private static void leads(Operation operation, JsonNode response, String expression) {
        if (expression.startsWith("$request.path.")) {
            assertThat(parameters(operation)).contains(expression.substring("$request.path.".length()));
            return;
        }
        assertThat(expression).startsWith("$response.body#/");
        var schema = response.at("/content/application~1json/schema");
        for (var step : expression.substring("$response.body#/".length()).split("/", -1)) {
            var resolved = Contracts.resolved(schema);
            assertThat(step.equals("0") || required(resolved).contains(step))
                    .as(operation + ": " + expression)
                    .isTrue();
            schema = step.equals("0")
                    ? resolved.path("items")
                    : resolved.path("properties").path(step);
            assertThat(schema.isMissingNode()).as(operation + ": " + expression).isFalse();
        }
    }

    private static List<String> required(JsonNode schema) {
        return schema.path("required").valueStream().map(JsonNode::asText).toList();
    }

    private static List<String> parameters(Operation operation) {
        var names = new ArrayList<String>();
        operation
                .definition()
                .path("parameters")
                .forEach(parameter ->
                        names.add(Contracts.resolved(parameter).path("name").asText()));
        return names;
    }

    private interface Visit {
        void schema(String path, JsonNode schema);
    }

    /** Every schema of the contract: each node with a type, except where a schema's property has that name. */
    private static void schemas(Visit visit) {
        Shipped.eachObject(Shipped.OPENAPI, (path, node) -> {
            if (node.path("type").isTextual()) {
                visit.schema(path, node);
            }
        });
    }
}
