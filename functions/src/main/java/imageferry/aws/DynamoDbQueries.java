package imageferry.aws;

import imageferry.ledger.Query;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** Says a query in DynamoDB's words: one condition on the partition, and at most one on the sort attribute. */
final class DynamoDbQueries {
    private DynamoDbQueries() {}

    static QueryRequest.Builder request(String table, Query query) {
        var expressions = new DynamoDbExpressions();
        var index = query.index();
        var partition = index.partitionAttribute();
        var condition = expressions.name(partition) + " = " + expressions.value(partition, query.partition());
        var request = QueryRequest.builder()
                .tableName(table)
                .scanIndexForward(!query.newestFirst())
                .keyConditionExpression(condition + sortCondition(query, expressions))
                .expressionAttributeNames(expressions.names())
                .expressionAttributeValues(expressions.values());
        query.after().ifPresent(position -> request.exclusiveStartKey(startKey(query, position)));
        return switch (index) {
            case TABLE -> request.consistentRead(true);
            case LISTS -> request.indexName("Lists");
            case ORIGIN -> request.indexName("Origin");
            case UNFINISHED -> request.indexName("Unfinished");
        };
    }

    /** Prefix and upper end together can only be said as BETWEEN, whose end belongs to it: the reader drops that. */
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
        if (query.index() != Query.Index.TABLE) {
            key.put(query.index().partitionAttribute(), DynamoDbItems.text(query.partition()));
            key.put(query.index().sortAttribute(), DynamoDbItems.text(position.sortValue()));
        }
        return key;
    }
}
