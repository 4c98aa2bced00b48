package imageferry.local.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The permissions that a DynamoDB request needs, as its service authorisation reference lists them. */
final class TablePermissions {
    private static final Map<String, String> TRANSACT_ACTIONS = Map.of(
            "Put", "PutItem",
            "Update", "UpdateItem",
            "Delete", "DeleteItem",
            "ConditionCheck", "ConditionCheckItem",
            "Get", "GetItem");
    private static final Pattern STREAM = Pattern.compile("table/[^|\\s]+/stream/[^|\\s]+");

    private final String operation;
    private final JsonNode body;
    private final String arnOfTables;

    private TablePermissions(String operation, JsonNode body, String region, String account) {
        this.operation = operation;
        this.body = body;
        this.arnOfTables = "arn:aws:dynamodb:" + region + ":" + account + ":";
    }

    static List<RequiredPermission> of(String operation, JsonNode body, String region, String account) {
        return new TablePermissions(operation, body, region, account).all();
    }

    private List<RequiredPermission> all() {
        return switch (operation) {
            case "TransactWriteItems", "TransactGetItems" -> eachItem();
            case "BatchGetItem", "BatchWriteItem" -> eachTable();
            case "DescribeStream", "GetShardIterator" ->
                List.of(streamed(body.path("StreamArn").asText()));
            case "GetRecords" -> List.of(streamed(body.path("ShardIterator").asText()));
            case "ListStreams" -> List.of(permission(operation, tableOf(body) + "/stream/*"));
            default -> List.of(permission(operation, tableOf(body) + indexOf(body), keyOf(body)));
        };
    }

    private List<RequiredPermission> eachItem() {
        var permissions = new ArrayList<RequiredPermission>();
        for (var item : body.path("TransactItems")) {
            item.properties()
                    .forEach(act -> permissions.add(permission(
                            TRANSACT_ACTIONS.getOrDefault(act.getKey(), act.getKey()),
                            tableOf(act.getValue()),
                            keyOf(act.getValue()))));
        }
        return List.copyOf(permissions);
    }

    private List<RequiredPermission> eachTable() {
        return body.path("RequestItems").properties().stream()
                .map(table -> permission(operation, table(table.getKey())))
                .toList();
    }

    /** A shard iterator of DynamoDB Local has its stream's ARN, with an invented account and region. */
    private RequiredPermission streamed(String arnOrIterator) {
        var stream = STREAM.matcher(arnOrIterator);
        return permission(operation, stream.find() ? stream.group() : "table/*/stream/*");
    }

    private RequiredPermission permission(String action, String resource) {
        return permission(action, resource, Set.of());
    }

    private RequiredPermission permission(String action, String resource, Set<String> leadingKeys) {
        return new RequiredPermission("dynamodb:" + action, arnOfTables + resource, leadingKeys);
    }

    /** Returns the partition key of the item that an action writes, changes or reads; none without an item. */
    private static Set<String> keyOf(JsonNode act) {
        var key = act.path(act.has("Item") ? "Item" : "Key").path("pk").path("S");
        return key.isTextual() ? Set.of(key.asText()) : Set.of();
    }

    private static String tableOf(JsonNode named) {
        return table(named.path("TableName").asText("*"));
    }

    private static String indexOf(JsonNode named) {
        return named.hasNonNull("IndexName")
                ? "/index/" + named.path("IndexName").asText()
                : "";
    }

    /** A table may be named by its ARN. */
    private static String table(String nameOrArn) {
        return "table/" + nameOrArn.substring(nameOrArn.lastIndexOf('/') + 1);
    }
}
