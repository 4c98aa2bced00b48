package imageferry.local.store;

import static imageferry.local.store.TestStores.AWAY;
import static imageferry.local.store.TestStores.HOME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** The table is in the home region only, and only permitted functions change it. */
@Tag("slow")
class TableRequestHandlerTest {
    private static final String TABLE_ARN = "arn:aws:dynamodb:us-east-1:111111111111:table/Imageferry";

    @TempDir
    private static Path data;

    private static TestStores stores;
    private static DynamoDbClient table;

    @BeforeAll
    static void start() {
        stores = TestStores.refusing(data, "dynamodb:ConditionCheckItem", "dynamodb:Scan");
        table = stores.dynamoDb(HOME, "anyone");
        Tables.create(table);
    }

    @AfterAll
    static void stop() {
        stores.close();
    }

    @BeforeEach
    void forget() {
        stores.asked.clear();
        stores.leadingKeys.clear();
    }

    @Test
    void each_operation_is_checked_under_its_own_action_and_resource() {
        asks(
                "dynamodb:PutItem " + TABLE_ARN,
                () -> table.putItem(r -> r.tableName("Imageferry").item(Tables.item("a"))));
        asks(
                "dynamodb:GetItem " + TABLE_ARN,
                () -> table.getItem(r -> r.tableName("Imageferry").key(Tables.key("a"))));
        asks(
                "dynamodb:DeleteItem " + TABLE_ARN,
                () -> table.deleteItem(r -> r.tableName("Imageferry").key(Tables.key("a"))));
        asks(
                "dynamodb:Query " + TABLE_ARN + "/index/Lists",
                () -> table.query(r -> r.tableName("Imageferry")
                        .indexName("Lists")
                        .keyConditionExpression("#list = :l")
                        .expressionAttributeNames(Map.of("#list", "list"))
                        .expressionAttributeValues(Map.of(":l", AttributeValue.fromS("l")))));
        asks(
                "dynamodb:BatchGetItem " + TABLE_ARN,
                () -> table.batchGetItem(r -> r.requestItems(Map.of(
                        "Imageferry",
                        KeysAndAttributes.builder()
                                .keys(List.of(Tables.key("a")))
                                .build()))));
        asks("dynamodb:DescribeTable " + TABLE_ARN, () -> table.describeTable(r -> r.tableName("Imageferry")));
    }

    @Test
    void a_transaction_is_checked_under_the_action_of_each_of_its_items() {
        table.transactWriteItems(r -> r.transactItems(
                TransactWriteItem.builder()
                        .put(p -> p.tableName("Imageferry").item(Tables.item("t1")))
                        .build(),
                TransactWriteItem.builder()
                        .update(u -> u.tableName("Imageferry")
                                .key(Tables.key("t2"))
                                .updateExpression("SET n = :n")
                                .expressionAttributeValues(Map.of(":n", AttributeValue.fromN("1"))))
                        .build(),
                TransactWriteItem.builder()
                        .delete(d -> d.tableName("Imageferry").key(Tables.key("t3")))
                        .build(),
                absent("t4")));

        assertThat(stores.asked)
                .containsExactly(
                        "anyone dynamodb:PutItem " + TABLE_ARN,
                        "anyone dynamodb:UpdateItem " + TABLE_ARN,
                        "anyone dynamodb:DeleteItem " + TABLE_ARN,
                        "anyone dynamodb:ConditionCheckItem " + TABLE_ARN);
    }

    @Test
    void a_check_receives_the_partition_key_of_each_item() {
        table.transactWriteItems(r -> r.transactItems(
                TransactWriteItem.builder()
                        .put(p -> p.tableName("Imageferry").item(Tables.item("k1")))
                        .build(),
                absent("k2")));
        table.getItem(r -> r.tableName("Imageferry").key(Tables.key("k3")));

        assertThat(stores.leadingKeys).containsExactly("k1", "k2", "k3");
    }

    @Test
    void a_refused_action_is_denied_with_the_check_s_sentence_and_changes_nothing() {
        var denied = catchThrowableOfType(
                DynamoDbException.class,
                () -> stores.dynamoDb(HOME, "LOCALFunction")
                        .transactWriteItems(r -> r.transactItems(
                                TransactWriteItem.builder()
                                        .put(p -> p.tableName("Imageferry").item(Tables.item("denied")))
                                        .build(),
                                absent("other"))));

        assertThat(denied.statusCode()).isEqualTo(400);
        assertThat(denied.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
        assertThat(denied.awsErrorDetails().errorMessage())
                .isEqualTo("LOCALFunction is not authorized to perform: dynamodb:ConditionCheckItem on resource: "
                        + TABLE_ARN);
        assertThat(table.getItem(r -> r.tableName("Imageferry").key(Tables.key("denied")))
                        .hasItem())
                .isFalse();
    }

    @Test
    void another_region_does_not_have_the_table() {
        assertThatExceptionOfType(ResourceNotFoundException.class)
                .isThrownBy(() -> stores.dynamoDb(AWAY, "anyone")
                        .getItem(r -> r.tableName("Imageferry").key(Tables.key("a"))));
    }

    @Test
    void a_failed_condition_returns_its_item() {
        table.putItem(r -> r.tableName("Imageferry").item(Tables.item("there")));

        var lost = catchThrowableOfType(
                TransactionCanceledException.class,
                () -> table.transactWriteItems(r -> r.transactItems(
                        TransactWriteItem.builder()
                                .put(p -> p.tableName("Imageferry").item(Tables.item("new")))
                                .build(),
                        absent("there"))));
        assertThat(lost.cancellationReasons())
                .extracting(reason -> reason.code())
                .containsExactly("None", "ConditionalCheckFailed");
        assertThat(lost.cancellationReasons().get(1).item()).containsKey("pk");
    }

    @Test
    void the_stream_is_checked_under_its_own_arn() {
        var streams = stores.streams("anyone");
        var stream = table.describeTable(r -> r.tableName("Imageferry")).table().latestStreamArn();
        table.putItem(r -> r.tableName("Imageferry").item(Tables.item("streamed")));
        stores.asked.clear();

        var shard = streams.describeStream(r -> r.streamArn(stream))
                .streamDescription()
                .shards()
                .getFirst()
                .shardId();
        var iterator = streams.getShardIterator(
                        r -> r.streamArn(stream).shardId(shard).shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                .shardIterator();
        assertThat(streams.getRecords(r -> r.shardIterator(iterator)).records()).isNotEmpty();

        var arn = TABLE_ARN + stream.substring(stream.indexOf("/stream/"));
        assertThat(stores.asked)
                .containsExactlyElementsOf(List.of(
                        "anyone dynamodb:DescribeStream " + arn,
                        "anyone dynamodb:GetShardIterator " + arn,
                        "anyone dynamodb:GetRecords " + arn));
    }

    private static void asks(String permission, Runnable call) {
        stores.asked.clear();
        call.run();
        assertThat(stores.asked).containsExactly("anyone " + permission);
    }

    private static TransactWriteItem absent(String id) {
        return TransactWriteItem.builder()
                .conditionCheck(c -> c.tableName("Imageferry")
                        .key(Tables.key(id))
                        .conditionExpression("attribute_not_exists(pk)")
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD))
                .build();
    }
}
