package imageferry.local.machine.definition;

import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as text, as a tree, and as the plain maps and lists that JSONata computes with. */
public final class Json {
    public static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Above this a double no longer holds every integer, so it is not written as a whole number. */
    private static final double LARGEST_EXACT = 9_007_199_254_740_992.0;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Json() {}

    /** @throws IllegalArgumentException if the text is not exactly one JSON value */
    public static JsonNode read(String text) {
        try {
            var node = MAPPER.readTree(text);
            if (node.isMissingNode()) {
                throw new IllegalArgumentException("Expected JSON, found nothing");
            }
            return node;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not JSON: " + e.getOriginalMessage(), e);
        }
    }

    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write JSON of " + value.getClass(), e);
        }
    }

    /** Returns the bytes of the compact UTF-8 text, the measure of every payload limit. */
    public static int size(JsonNode node) {
        return write(node).getBytes(StandardCharsets.UTF_8).length;
    }

    /** Converts a tree to maps, lists, strings, numbers and booleans; null for JSON's null. */
    public static @Nullable Object plain(JsonNode node) {
        return MAPPER.convertValue(node, Object.class);
    }

    /**
     * Converts a plain value to a tree.
     *
     * @throws IllegalArgumentException if something in it has no form in JSON, such as a function
     */
    public static JsonNode node(@Nullable Object value) {
        return switch (value) {
            case null -> NODES.nullNode();
            case JsonNode node -> node;
            case String text -> NODES.textNode(text);
            case Boolean flag -> NODES.booleanNode(flag);
            case Double number -> number(number);
            case Number number -> MAPPER.valueToTree(number);
            case List<?> list -> array(list);
            case Map<?, ?> map -> object(map);
            default -> {
                // JSONata distinguishes null from "nothing" by this one object.
                if (Jsonata.NULL_VALUE.equals(value)) {
                    yield NODES.nullNode();
                }
                throw new IllegalArgumentException("A " + value.getClass().getSimpleName() + " has no form in JSON");
            }
        };
    }

    private static JsonNode number(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw new IllegalArgumentException(number + " has no form in JSON");
        }
        var whole = number == Math.rint(number) && Math.abs(number) <= LARGEST_EXACT;
        return whole ? NODES.numberNode((long) number) : NODES.numberNode(number);
    }

    private static JsonNode array(List<?> list) {
        var array = NODES.arrayNode(list.size());
        for (var item : list) {
            array.add(node(item));
        }
        return array;
    }

    private static JsonNode object(Map<?, ?> map) {
        var fields = LinkedHashMap.<String, JsonNode>newLinkedHashMap(map.size());
        map.forEach((name, value) -> fields.put(String.valueOf(name), node(value)));
        return NODES.objectNode().setAll(fields);
    }
}
