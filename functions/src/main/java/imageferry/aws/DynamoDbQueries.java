package imageferry.aws;

import imageferry.ledger.Change;
import imageferry.ledger.Index;
import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.ledger.Query;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Translates a query to DynamoDB: one condition on the partition, at most one on the sort attribute, and a filter of
 * the items found.
 */
final class DynamoDbQueries {
    private DynamoDbQueries() {}

    static QueryRequest.Builder request(String table, Query query) {
        var expressions = new DynamoDbExpressions();
        var index = query.index();
        var partition = index.partitionAttribute();
        var keys = expressions.name(partition) + " = " + expressions.value(partition, query.partition())
                + sortCondition(query, expressions);
        var filter = expressions.condition(query.matching()).orElse(null);
        var request = QueryRequest.builder()
                .tableName(table)
                .scanIndexForward(!query.newestFirst())
                .keyConditionExpression(keys)
                .filterExpression(filter)
                .expressionAttributeNames(expressions.names())
                .expressionAttributeValues(expressions.values());
        query.after().ifPresent(position -> request.exclusiveStartKey(startKey(query, position)));
        return index == Index.TABLE ? request.consistentRead(true) : request.indexName(index.indexName());
    }

    /** The place of an item, or of its key alone, in the query's order. */
    static Query.Position position(Query query, Item item) {
        return new Query.Position(
                new Key(item.text("pk"), item.text("sk")),
                item.text(query.index().sortAttribute()));
    }

    /** Sets attributes of an item; one without any is made with its key alone. */
    static UpdateItemRequest update(String table, Key key, Item item) {
        var request = UpdateItemRequest.builder().tableName(table).key(DynamoDbItems.ofKey(key));
        var expressions = new DynamoDbExpressions();
        var changes = item.attributes().entrySet().stream()
                .filter(attribute -> !DynamoDbItems.ofKey(key).containsKey(attribute.getKey()))
                .map(attribute -> Change.put(attribute.getKey(), attribute.getValue()))
                .toList();
        return changes.isEmpty()
                ? request.build()
                : request.updateExpression(expressions.update(changes))
                        .expressionAttributeNames(expressions.names())
                        .expressionAttributeValues(expressions.values())
                        .build();
    }

    /**
     * Expresses prefix and upper bound together as BETWEEN, which includes the bound: the reader drops an item at the
     * bound.
     */
    private static String sortCondition(Query query, DynamoDbExpressions expressions) {
        var attribute = query.index().sortAttribute();
        var prefix = query.sortPrefix();
        var before = query.before();
        if (prefix.isEmpty() && before.isEmpty()) {
            return "";
        }
        var sort = " AND " + expressions.name(attribute);
        if (prefix.isEmpty()) {
            return sort + " < " + expressions.value(attribute, before.orElseThrow());
        }
        if (before.isPresent() && before.get().startsWith(prefix)) {
            return sort + " BETWEEN " + expressions.value(attribute, prefix) + " AND "
                    + expressions.value(attribute, before.get());
        }
        return " AND begins_with(" + expressions.name(attribute) + ", " + expressions.value(attribute, prefix) + ")";
    }

    private static Map<String, AttributeValue> startKey(Query query, Query.Position position) {
        var key = new LinkedHashMap<>(DynamoDbItems.ofKey(position.key()));
        if (query.index() != Index.TABLE) {
            key.put(query.index().partitionAttribute(), DynamoDbItems.text(query.partition()));
            key.put(query.index().sortAttribute(), DynamoDbItems.text(position.sortValue()));
        }
        return key;
    }
}
