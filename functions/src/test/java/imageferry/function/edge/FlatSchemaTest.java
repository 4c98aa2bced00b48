package imageferry.function.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The checker of parameters knows every keyword that the contract uses, and agrees with the validator of bodies. */
class FlatSchemaTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Set<String> FOR_OTHERS =
            Set.of("default", "format", "x-enum-varnames", Codes.KEY, Demand.FORM);
    private static final List<String> TEXTS = List.of(
            "",
            "a",
            "ab",
            "self",
            "\ud83d\udc27",
            "golden\n",
            "m-abcdefghijklmnopq",
            "x".repeat(129),
            "os=debian",
            "é\0");

    @Test
    void the_parameters_of_the_contract_use_only_known_keywords() throws IOException {
        var schemas = schemas();

        assertThat(schemas).hasSizeGreaterThan(20).allSatisfy(schema -> {
            var unknown = new HashSet<String>();
            schema.fieldNames().forEachRemaining(unknown::add);
            unknown.removeAll(FlatSchema.KEYWORDS);
            unknown.removeAll(FOR_OTHERS);
            assertThat(unknown).as(schema.toString()).isEmpty();
        });
    }

    @Test
    void it_agrees_with_the_validator_of_bodies_on_every_parameter() throws IOException {
        var validators = JsonSchemaFactory.getInstance(VersionFlag.V202012);
        for (var schema : schemas()) {
            var validator = validators.getSchema(schema);
            for (var value : values()) {
                // In a JSON schema $ matches the very end only; the validator also allows a line end after it, as Java
                // does.
                if (!value.asText().endsWith("\n")) {
                    assertThat(FlatSchema.broken(schema, value).isEmpty())
                            .as(schema + " " + value)
                            .isEqualTo(validator.validate(value).isEmpty());
                }
            }
        }
    }

    private static List<JsonNode> values() {
        var values = new ArrayList<JsonNode>();
        TEXTS.forEach(text -> values.add(JSON.textNode(text)));
        TEXTS.forEach(text -> values.add(JSON.arrayNode().add(text).add("os=debian")));
        for (var number : List.of(-1, 0, 1, 100, 101)) {
            values.add(JSON.numberNode(number));
        }
        values.add(JSON.booleanNode(true));
        var many = JSON.arrayNode();
        for (var i = 0; i < 21; i++) {
            many.add("k" + i + "=v");
        }
        values.add(many);
        return values;
    }

    private static List<JsonNode> schemas() throws IOException {
        var schemas = new ArrayList<JsonNode>();
        try (var file = FlatSchema.class.getResourceAsStream("/parameters.json")) {
            for (var route : Json.MAPPER.readTree(file)) {
                route.path("parameters").forEach(parameter -> schemas.add(parameter.path("schema")));
                if (route.has("prefix")) {
                    schemas.add(route.at("/prefix/key"));
                    schemas.add(route.at("/prefix/schema"));
                }
            }
        }
        return schemas;
    }
}
