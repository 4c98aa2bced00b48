package imageferry.local.ledger;

import imageferry.aws.Backoff;
import imageferry.aws.DynamoDbLedger;
import imageferry.ledger.Index;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * An empty table of Imageferry's shape, in memory, behind DynamoDB's own protocol on loopback. One server serves the
 * whole JVM, and each table is separate, so tests never see each other's items.
 *
 * @param client makes no retries of its own, as the ledger requires
 */
public record LocalTable(DynamoDbClient client, String name) {
    private static final AtomicInteger COUNT = new AtomicInteger();

    /** Pauses that take no time and move the clock. */
    private static final class SkippingClock implements InstantSource {
        private Instant now = Instant.EPOCH;

        @Override
        public synchronized Instant instant() {
            return now;
        }

        private synchronized void skip(Duration pause) {
            now = now.plus(pause);
        }
    }

    private static final class Shared {
        private static final DynamoDbClient CLIENT = start();
    }

    public static LocalTable empty() {
        return empty(Shared.CLIENT);
    }

    /** The same at another DynamoDB. */
    static LocalTable empty(DynamoDbClient client) {
        var table = new LocalTable(client, "Imageferry-" + COUNT.incrementAndGet());
        table.create();
        return table;
    }

    /** A ledger on this table that never waits between its tries. */
    public DynamoDbLedger ledger() {
        return ledger(client);
    }

    /** A ledger on this table through another client, for example one that fails. */
    public DynamoDbLedger ledger(DynamoDbClient through) {
        var clock = new SkippingClock();
        var backoff = new Backoff(Backoff.Limits.FIFTEEN_SECONDS, clock, clock::skip, new SplittableRandom(7));
        return new DynamoDbLedger(through, name, backoff, LocalTable::token);
    }

    private static String token() {
        return "t-" + COUNT.incrementAndGet();
    }

    private void create() {
        var indexes = Arrays.stream(Index.values())
                .filter(index -> index != Index.TABLE)
                .toList();
        client.createTable(table -> table.tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(Arrays.stream(Index.values())
                        .flatMap(index -> Stream.of(index.partitionAttribute(), index.sortAttribute()))
                        .distinct()
                        .map(LocalTable::text)
                        .toList())
                .keySchema(keys(Index.TABLE))
                .globalSecondaryIndexes(indexes.stream().map(LocalTable::index).toList()));
    }

    private static GlobalSecondaryIndex index(Index index) {
        return GlobalSecondaryIndex.builder()
                .indexName(index.indexName())
                .keySchema(keys(index))
                .projection(all -> all.projectionType(ProjectionType.ALL))
                .build();
    }

    private static AttributeDefinition text(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static List<KeySchemaElement> keys(Index index) {
        return List.of(key(index.partitionAttribute(), KeyType.HASH), key(index.sortAttribute(), KeyType.RANGE));
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    private static DynamoDbClient start() {
        var server = new Server();
        var connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(
                new LocalDynamoDBServerHandler(new LocalDynamoDBRequestHandler(0, true, null, true, false), "*"));
        try {
            server.start();
        } catch (Exception failed) {
            throw new IllegalStateException("DynamoDB Local did not start", failed);
        }
        return DynamoDbClient.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + connector.getLocalPort()))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(all -> all.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }
}
