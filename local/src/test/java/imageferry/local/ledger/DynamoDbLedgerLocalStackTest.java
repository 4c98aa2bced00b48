package imageferry.local.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.account.AccountId;
import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.ledger.Ledger;
import imageferry.ledger.LedgerContract;
import imageferry.local.localstack.LocalStack;
import imageferry.local.localstack.OnLocalStack;
import imageferry.region.Region;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The ledger's contract on LocalStack's DynamoDB. It has another front before the same engine, so it tests the wire.
 */
@OnLocalStack
@Tag("full")
final class DynamoDbLedgerLocalStackTest implements LedgerContract {
    private static DynamoDbClient client;

    private final Ledger ledger = LocalTable.empty(client).ledger();

    @BeforeAll
    static void connect(LocalStack cloud) {
        client = cloud.client(
                DynamoDbClient.builder()
                        .overrideConfiguration(all -> all.retryStrategy(DefaultRetryStrategy.doNotRetry())),
                new AccountId("333333333333"),
                new Region("us-east-1"));
    }

    @AfterAll
    static void disconnect() {
        client.close();
    }

    @Override
    public Ledger ledger() {
        return ledger;
    }

    /** DynamoDB and DynamoDB Local refuse it. LocalStack stores it, and leaves it out of the index. */
    @Override
    @Test
    public void an_indexed_attribute_that_is_not_a_text_is_a_defect() {
        var key = new Key("P", "S");

        ledger.put(key, Item.empty().with("list", 1L).with("listOrder", "a"));

        assertThat(ledger.read(key)).isPresent();
    }
}
