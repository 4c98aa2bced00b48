package imageferry.aws;

import imageferry.ledger.Commit;
import imageferry.ledger.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Translates writes to DynamoDB, and its cancellation reasons back to refusals of these writes. */
final class DynamoDbTransactions {
    private static final ReturnValuesOnConditionCheckFailure WITH_ITEM = ReturnValuesOnConditionCheckFailure.ALL_OLD;

    private DynamoDbTransactions() {}

    static TransactWriteItem of(String table, Write write) {
        var expressions = new DynamoDbExpressions();
        var item = TransactWriteItem.builder();
        switch (write) {
            case Write.Put put ->
                item.put(to -> to.tableName(table)
                        .item(DynamoDbItems.of(put.key(), put.item()))
                        .conditionExpression(
                                expressions.condition(put.condition()).orElse(null))
                        .expressionAttributeNames(orNone(expressions.names()))
                        .expressionAttributeValues(orNone(expressions.values()))
                        .returnValuesOnConditionCheckFailure(WITH_ITEM));
            case Write.Update update ->
                item.update(to -> to.tableName(table)
                        .key(DynamoDbItems.ofKey(update.key()))
                        .updateExpression(expressions.update(update.changes()))
                        .conditionExpression(
                                expressions.condition(update.condition()).orElse(null))
                        .expressionAttributeNames(orNone(expressions.names()))
                        .expressionAttributeValues(orNone(expressions.values()))
                        .returnValuesOnConditionCheckFailure(WITH_ITEM));
            case Write.Delete delete ->
                item.delete(to -> to.tableName(table)
                        .key(DynamoDbItems.ofKey(delete.key()))
                        .conditionExpression(
                                expressions.condition(delete.condition()).orElse(null))
                        .expressionAttributeNames(orNone(expressions.names()))
                        .expressionAttributeValues(orNone(expressions.values()))
                        .returnValuesOnConditionCheckFailure(WITH_ITEM));
            case Write.Check check ->
                item.conditionCheck(to -> to.tableName(table)
                        .key(DynamoDbItems.ofKey(check.key()))
                        .conditionExpression(expressions
                                .condition(check.condition())
                                .orElseThrow(() -> new IllegalArgumentException(
                                        "The check of " + check.key() + " asks nothing; leave it out")))
                        .expressionAttributeNames(orNone(expressions.names()))
                        .expressionAttributeValues(orNone(expressions.values()))
                        .returnValuesOnConditionCheckFailure(WITH_ITEM));
        }
        return item.build();
    }

    /**
     * The conditions that failed in a cancelled transaction. Empty when only a conflict, a throttle or a defect stopped
     * it. A failed condition was false at that moment, independently of the other writes.
     */
    static Optional<Commit> refused(List<Write> writes, TransactionCanceledException cancelled) {
        var reasons = cancelled.cancellationReasons();
        var refusals = new ArrayList<Commit.Refusal>();
        for (var i = 0; i < Math.min(writes.size(), reasons.size()); i++) {
            if ("ConditionalCheckFailed".equals(reasons.get(i).code())) {
                refusals.add(refusal(writes.get(i), reasons.get(i)));
            }
        }
        return refusals.isEmpty() ? Optional.empty() : Optional.of(new Commit.Refused(refusals));
    }

    private static Commit.Refusal refusal(Write write, CancellationReason reason) {
        var there = reason.hasItem() && !reason.item().isEmpty();
        return new Commit.Refusal(write, there ? DynamoDbItems.item(reason.item()) : null);
    }

    /** DynamoDB refuses an empty map of names or values, but not an absent one. */
    private static <V> @Nullable Map<String, V> orNone(Map<String, V> map) {
        return map.isEmpty() ? null : map;
    }
}
