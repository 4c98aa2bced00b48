package imageferry.bench.start;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import imageferry.bench.server.LoopbackServer;
import imageferry.ledger.Item;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** DynamoDB stub with fixed items. It finds nothing else, and accepts every write without keeping it. */
final class TableStub implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, Item> items;
    private final LoopbackServer server;

    /** @param items by partition key and sort key, separated by a space */
    TableStub(Map<String, Item> items) throws IOException {
        this.items = Map.copyOf(items);
        this.server = new LoopbackServer(this::handle);
    }

    URI endpoint() {
        return server.endpoint();
    }

    private void handle(HttpExchange exchange) throws IOException {
        var target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        var answer = JSON.writeValueAsBytes(answer(target, JSON.readTree(exchange.getRequestBody())));
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
    }

    private Map<String, Object> answer(String target, JsonNode request) {
        return switch (target.substring(target.indexOf('.') + 1)) {
            case "GetItem" -> {
                var key = request.path("Key");
                var item = items.get(
                        key.at("/pk/S").asText() + " " + key.at("/sk/S").asText());
                yield item == null ? Map.of() : Map.of("Item", attributes(item.attributes()));
            }
            case "Query" -> Map.of("Items", List.of(), "Count", 0, "ScannedCount", 0);
            case "BatchGetItem" -> Map.of("Responses", Map.of(), "UnprocessedKeys", Map.of());
            default -> Map.of();
        };
    }

    private static Map<String, Object> attributes(Map<String, Object> plain) {
        var typed = new LinkedHashMap<String, Object>();
        plain.forEach((name, value) -> typed.put(name, attribute(value)));
        return typed;
    }

    @SuppressWarnings("unchecked") // the maps of an item have strings as keys
    private static Map<String, Object> attribute(Object value) {
        return switch (value) {
            case Long number -> Map.of("N", number.toString());
            case Boolean flag -> Map.of("BOOL", flag);
            case Set<?> texts -> Map.of("SS", texts);
            case Map<?, ?> map -> Map.of("M", attributes((Map<String, Object>) map));
            case List<?> list ->
                Map.of("L", list.stream().map(TableStub::attribute).toList());
            default -> Map.of("S", value.toString());
        };
    }

    @Override
    public void close() {
        server.close();
    }
}
