package imageferry.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageferry.ledger.Change;
import imageferry.ledger.Commit;
import imageferry.ledger.Condition;
import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.ledger.Write;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** The ledger's reaction to answers that no local engine gives. */
final class DynamoDbLedgerAnswersTest {
    private static final Key ONE = new Key("P", "1");
    private static final Key TWO = new Key("P", "2");
    private static final Write CREATE = Write.create(ONE, Item.empty());
    private static final Write ADD = Write.update(TWO, Condition.always(), Change.add("count", 1));

    private final Deque<Supplier<Object>> answers = new ArrayDeque<>();
    private final DynamoDbLedger ledger = new DynamoDbLedger(
            (DynamoDbClient) Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {DynamoDbClient.class},
                    (self, method, arguments) -> answers.removeFirst().get()),
            "Imageferry",
            new Backoff(Backoff.Limits.FIFTEEN_SECONDS, () -> Instant.EPOCH, pause -> {}, new SplittableRandom(1)),
            () -> "token");

    private void cancelled(String... codes) {
        answers.add(() -> {
            throw TransactionCanceledException.builder()
                    .message("Transaction cancelled")
                    .cancellationReasons(Stream.of(codes)
                            .map(code -> CancellationReason.builder().code(code).build())
                            .toList())
                    .build();
        });
    }

    private void done() {
        answers.add(() -> TransactWriteItemsResponse.builder().build());
    }

    @Test
    void a_failed_condition_is_reported_for_any_result_of_the_other_writes() {
        for (var other : List.of("None", "TransactionConflict", "ThrottlingError", "ValidationError")) {
            cancelled("ConditionalCheckFailed", other);

            assertThat(ledger.commit(List.of(CREATE, ADD)))
                    .isEqualTo(new Commit.Refused(List.of(new Commit.Refusal(CREATE, null))));
        }
    }

    @Test
    void transient_reasons_are_tried_again() {
        cancelled("None", "TransactionConflict");
        cancelled("ThrottlingError", "ProvisionedThroughputExceeded");
        cancelled("TransactionInProgress", "InternalServerError");
        done();

        assertThat(ledger.commit(List.of(CREATE, ADD)).done()).isTrue();
        assertThat(answers).isEmpty();
    }

    @Test
    void a_defect_is_not_tried_again_even_with_a_conflict() {
        cancelled("ValidationError", "TransactionConflict");

        assertThatThrownBy(() -> ledger.commit(List.of(CREATE, ADD)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("DynamoDB refused a commit of P/1, P/2, and a retry cannot succeed");
    }

    @Test
    void unprocessed_keys_are_read_again() {
        answers.add(() -> BatchGetItemResponse.builder()
                .responses(Map.of("Imageferry", List.of(DynamoDbItems.ofKey(TWO))))
                .unprocessedKeys(Map.of(
                        "Imageferry",
                        KeysAndAttributes.builder()
                                .keys(List.of(DynamoDbItems.ofKey(ONE)))
                                .build()))
                .build());
        answers.add(() -> BatchGetItemResponse.builder()
                .responses(Map.of("Imageferry", List.of(DynamoDbItems.ofKey(ONE))))
                .build());

        assertThat(ledger.read(List.of(ONE, TWO)).keySet()).containsExactly(ONE, TWO);
    }

    @Test
    void a_value_of_an_unknown_type_is_a_damaged_record() {
        for (var value : List.of(
                AttributeValue.fromN("1.5"),
                AttributeValue.fromNs(List.of("1")),
                AttributeValue.fromNul(true),
                AttributeValue.fromM(Map.of("deep", AttributeValue.fromNul(true))))) {
            answers.add(
                    () -> GetItemResponse.builder().item(Map.of("size", value)).build());

            assertThatThrownBy(() -> ledger.read(ONE))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("The record's size");
        }
    }
}
