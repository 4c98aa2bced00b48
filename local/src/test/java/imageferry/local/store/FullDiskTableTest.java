package imageferry.local.store;

import static imageferry.local.store.TestStores.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.local.TinyDisk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** A transaction on a full disk happens whole or not at all, and its caller gets the right answer. */
@Timeout(120)
@Tag("slow")
class FullDiskTableTest {
    private static final int KIB = 1024;

    @TempDir
    private Path folder;

    private TinyDisk disk;
    private TestStores stores;
    private DynamoDbClient table;
    private final Map<String, Integer> acknowledged = new HashMap<>();
    private final Set<String> refused = new HashSet<>();

    @BeforeEach
    void start() throws Exception {
        disk = TinyDisk.mount(folder.resolve("disk"), "size=96m");
        stores = TestStores.in(disk.path().resolve("data"));
        table = DynamoDbClient.builder()
                .endpointOverride(stores.stores.dynamoDb())
                .region(Region.of(HOME))
                .credentialsProvider(TestStores.credentials("anyone"))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(settings ->
                        settings.retryStrategy(AwsRetryStrategy.doNotRetry()).apiCallTimeout(Duration.ofSeconds(10)))
                .build();
        Tables.create(table);
    }

    @AfterEach
    void stop() throws Exception {
        if (disk != null) {
            disk.free();
            stores.close();
            disk.close();
        }
    }

    /** The large ones exceed SQLite's cache, so that a statement fails before the commit does. */
    @ParameterizedTest(name = "of {0} items of {1} KiB each")
    @CsvSource({"6, 9, 8", "20, 150, 512"})
    void every_transaction_is_whole_or_absent_as_its_answer_says(int items, int size, int step) throws Exception {
        // Each amount of room ends SQLite's work at another place: in its journal, in a page, or in the commit.
        for (var room = 0; room < 20; room++) {
            disk.fill((long) room * step * KIB);
            commit("tight-" + room, items, size);
            disk.free();
            commit("roomy-" + room, 1, 1);
        }

        assertThat(refused).isNotEmpty();
        assertThat(acknowledged).containsKeys("roomy-0", "roomy-19");
        assertThat(present()).isEqualTo(acknowledged);
    }

    private void commit(String name, int items, int size) {
        var writes = IntStream.range(0, items)
                .mapToObj(number -> TransactWriteItem.builder()
                        .put(put -> put.tableName("Imageferry").item(item(name + "/" + number, size)))
                        .build())
                .toList();
        try {
            table.transactWriteItems(request -> request.transactItems(writes));
            acknowledged.put(name, items);
        } catch (AwsServiceException full) {
            // Reported as an outage, which the ledger tries again.
            assertThat(full.statusCode()).as(full.getMessage()).isGreaterThanOrEqualTo(500);
            refused.add(name);
        }
    }

    private static Map<String, AttributeValue> item(String id, int size) {
        var item = new HashMap<>(Tables.item(id));
        item.put("filling", AttributeValue.fromS("x".repeat(size * KIB)));
        return item;
    }

    private Map<String, Integer> present() {
        var present = new HashMap<String, Integer>();
        for (var page : table.scanPaginator(scan -> scan.tableName("Imageferry").consistentRead(true))) {
            for (var item : page.items()) {
                present.merge(item.get("pk").s().split("/", 2)[0], 1, Integer::sum);
            }
        }
        return present;
    }
}
