package imageferry.function.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.regex.RegularExpression;
import imageferry.rule.Violation;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Checks bodies against the contract that deploys. It is read when the first body comes, so functions that take none never
 * pay for it.
 */
final class Contract {
    /** The extract of openapi.yaml that the build makes. */
    private static final String FILE = "/contract.json";
    /** The contract's extension for JSON Schema's propertyNames, which OpenAPI does not have. */
    private static final String PROPERTY_NAMES = "x-imageferry-property-names";
    /** Keywords of OpenAPI and our own that check nothing. */
    private static final List<String> WORDS =
            List.of("components", "x-enum-varnames", Codes.KEY, Demand.FORM, PROPERTY_NAMES);

    private static final SchemaValidatorsConfig PATTERNS = SchemaValidatorsConfig.builder()
            .regularExpressionFactory(Contract::pattern)
            .build();

    private final JsonNode document;
    private final JsonSchemaFactory factory;
    private final Map<String, JsonSchema> schemas = new ConcurrentHashMap<>();

    private Contract(JsonNode document) {
        document.findParents(PROPERTY_NAMES)
                .forEach(schema -> ((ObjectNode) schema).set("propertyNames", schema.get(PROPERTY_NAMES)));
        this.document = document;
        var dialect = JsonMetaSchema.builder(JsonMetaSchema.getV202012())
                .keywords(WORDS.stream().map(NonValidationKeyword::new).toList())
                .build();
        this.factory = JsonSchemaFactory.builder()
                .defaultMetaSchemaIri(dialect.getIri())
                .metaSchema(dialect)
                .build();
    }

    /**
     * Everything that the route's schema finds wrong with a body, once for each field.
     *
     * @throws IllegalStateException when the contract knows no body for the route, which is a defect
     */
    static List<Violation> violations(String route, JsonNode body) {
        var contract = Read.ONCE;
        var schema = contract.schemas.computeIfAbsent(route, contract::schema);
        var byField = new LinkedHashMap<String, ValidationMessage>();
        for (var message : schema.validate(body)) {
            byField.merge(BrokenSchema.field(message), message, BrokenSchema::clearer);
        }
        return byField.values().stream()
                .map(message -> BrokenSchema.violation(message, schema.getSchemaNode()))
                .toList();
    }

    private JsonSchema schema(String route) {
        var space = route.indexOf(' ');
        var content = document.path("paths")
                .path(route.substring(space + 1))
                .path(route.substring(0, space).toLowerCase(Locale.ROOT))
                .path("requestBody")
                .path("content")
                .path("application/json")
                .path("schema");
        if (!(content instanceof ObjectNode schema)) {
            throw new IllegalStateException("openapi.yaml knows no body for " + route);
        }
        // Put it beside the components, so that its references resolve.
        return factory.getSchema(schema.deepCopy().set("components", document.path("components")), PATTERNS);
    }

    private static RegularExpression pattern(String regex) {
        return FlatSchema.pattern(regex).asPredicate()::test;
    }

    /** Reads the contract once, at its first use. */
    private static final class Read {
        static final Contract ONCE = new Contract(document());

        private static JsonNode document() {
            try (var file = Contract.class.getResourceAsStream(FILE)) {
                if (file == null) {
                    throw new FileNotFoundException("contract.json is not in the archive");
                }
                return Json.MAPPER.readTree(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
