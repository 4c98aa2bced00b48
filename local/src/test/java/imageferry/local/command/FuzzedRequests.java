package imageferry.local.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Requests that follow a contract more or less: most fields are valid, some are arbitrary. Values of earlier answers
 * (ids, above all) are used again, so that many requests find their subject.
 */
final class FuzzedRequests {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> ODD_WORDS = List.of(
            "",
            " ",
            "null",
            "0",
            "-1",
            "..",
            "../../x",
            "%",
            "\u0000",
            "\u202e\ud83d\udc27",
            "é".repeat(130),
            "x".repeat(3000),
            "'; DROP TABLE Imageferry; --",
            "{}",
            "${jndi:x}",
            "m-ABCDEFGHIJKLMNOPQ",
            "snapshots/s-aaaaaaaaaaaaaaaaa");

    private final Random random;
    private final List<Operation> operations = new ArrayList<>();
    private final JsonNode contract;
    private final Map<String, Collection<String>> known = new HashMap<>();

    private record Operation(String method, String path, JsonNode definition) {}

    /** @param known valid values, by the name of a field or parameter */
    FuzzedRequests(Random random, JsonNode contract, Map<String, List<String>> known) {
        this.random = random;
        this.contract = contract;
        known.forEach((name, values) -> this.known.put(name, new LinkedHashSet<>(values)));
        contract.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method -> operations.add(new Operation(
                                method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue()))));
    }

    /** Stores the ids of an answer. */
    void learn(JsonNode answer) {
        answer.properties().forEach(field -> {
            if (field.getKey().endsWith("Id") || field.getKey().equals("nextToken")) {
                known.computeIfAbsent(field.getKey(), first -> new LinkedHashSet<>())
                        .add(field.getValue().asText());
            }
        });
        answer.forEach(this::learn);
    }

    Request next() {
        var operation = oneOf(operations);
        var path = new StringBuilder(operation.path());
        var query = new ArrayList<String>();
        for (var declared : operation.definition().path("parameters")) {
            var parameter = resolved(declared);
            var name = parameter.path("name").asText();
            var value = encoded(text(name, parameter.path("schema")));
            if (parameter.path("in").asText().equals("path")) {
                var at = path.indexOf("{" + name + "}");
                path.replace(at, at + name.length() + 2, value.isEmpty() ? "%20" : value);
            } else if (parameter.path("required").asBoolean() ? mostly() : rarely()) {
                query.add(name + "=" + value);
            }
        }
        if (rarely(10)) {
            query.add(encoded(oneOf(ODD_WORDS)) + "=" + encoded(oneOf(ODD_WORDS)));
        }
        var schema = operation.definition().at("/requestBody/content/application~1json/schema");
        var body = schema.isMissingNode()
                ? rarely(10) ? "{}" : ""
                : mangled(value("", schema, 0).toString());
        return new Request(operation.method(), path + (query.isEmpty() ? "" : "?" + String.join("&", query)), body);
    }

    private String mangled(String body) {
        if (!rarely(12)) {
            return body;
        }
        return this.<Supplier<String>>oneOf(List.of(
                        () -> body.substring(0, random.nextInt(body.length())),
                        () -> body + body,
                        () -> body.replaceFirst("\\{", "{\"region\":1,\"region\":[],"),
                        () -> "[" + body + "]",
                        () -> "\"" + body.length() + "\"",
                        () -> "[".repeat(5000),
                        () -> "1e999999999",
                        () -> "\ufeff" + body,
                        () -> body.replace(':', '\u0001')))
                .get();
    }

    private JsonNode value(String name, JsonNode declared, int depth) {
        if (rarely(15)) {
            return anything(depth);
        }
        var schema = resolved(declared);
        return switch (schema.path("type").asText()) {
            case "object" -> object(schema, depth);
            case "array" -> {
                var array = JSON.arrayNode();
                for (var left = random.nextInt(4); left > 0; left--) {
                    array.add(value(name, schema.path("items"), depth + 1));
                }
                yield array;
            }
            case "integer", "number" -> JSON.numberNode(random.nextInt(200) - 50);
            case "boolean" -> JSON.booleanNode(random.nextBoolean());
            default -> JSON.textNode(text(name, schema));
        };
    }

    private JsonNode object(JsonNode schema, int depth) {
        var object = JSON.objectNode();
        schema.path("properties").properties().forEach(property -> {
            var required = schema.path("required")
                    .valueStream()
                    .anyMatch(name -> name.asText().equals(property.getKey()));
            if (required ? mostly() : random.nextInt(3) == 0) {
                object.set(property.getKey(), value(property.getKey(), property.getValue(), depth + 1));
            }
        });
        if (!schema.has("properties") || rarely(20)) {
            object.set(oneOf(ODD_WORDS), anything(depth + 1));
        }
        return object;
    }

    private JsonNode anything(int depth) {
        return switch (random.nextInt(depth > 3 ? 6 : 8)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.numberNode(random.nextLong());
            case 2 -> JSON.numberNode(1e300);
            case 3 -> JSON.booleanNode(random.nextBoolean());
            case 4, 5 -> JSON.textNode(oneOf(ODD_WORDS));
            case 6 -> JSON.arrayNode().add(anything(depth + 1)).add(anything(depth + 1));
            default -> JSON.objectNode().set(oneOf(ODD_WORDS), anything(depth + 1));
        };
    }

    private String text(String name, JsonNode declared) {
        var schema = resolved(declared);
        if (rarely(8)) {
            return oneOf(ODD_WORDS);
        }
        if (schema.has("enum")) {
            return oneOf(schema.path("enum").valueStream().toList()).asText();
        }
        return switch (schema.path("type").asText()) {
            case "boolean" -> Boolean.toString(random.nextBoolean());
            case "integer" -> Integer.toString(random.nextInt(120));
            default -> {
                var fitting = known.getOrDefault(name, List.of());
                yield fitting.isEmpty()
                        ? schema.path("example").asText("word-" + random.nextInt(50))
                        : oneOf(List.copyOf(fitting));
            }
        };
    }

    private JsonNode resolved(JsonNode declared) {
        return declared.has("$ref") ? contract.at(declared.path("$ref").asText().substring(1)) : declared;
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private boolean mostly() {
        return !rarely(12);
    }

    private boolean rarely() {
        return rarely(4);
    }

    /** True once in this number of calls on average. */
    private boolean rarely(int times) {
        return random.nextInt(times) == 0;
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
