package imageferry.local.store;

import static imageferry.local.store.Bytes.MIB;
import static imageferry.local.store.TestStores.HOME;
import static imageferry.local.store.TestStores.HOME_BUCKET;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** Acknowledged writes survive a kill -9 at any moment, and no write is half done. */
@Tag("slow")
class KilledStoresTest {
    private static final byte[] SOURCE = Bytes.random(12 * MIB, 5);
    private static final int WRITERS = 3;

    @TempDir
    private Path data;

    private final Queue<String> transactions = new ConcurrentLinkedQueue<>();
    private final Map<String, Integer> versions = new ConcurrentHashMap<>();
    private final Map<String, CompletedPart> openUploads = new ConcurrentHashMap<>();
    private final Queue<String> completed = new ConcurrentLinkedQueue<>();
    private final AtomicInteger counted = new AtomicInteger();

    @ParameterizedTest(name = "after {0} acknowledged writes")
    @ValueSource(ints = 60)
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void acknowledged_writes_survive(int acknowledged) throws Exception {
        var child = start();
        try {
            var endpoints = child.inputReader().readLine().split(" ", 2);
            writeUntil(acknowledged, URI.create(endpoints[0]), URI.create(endpoints[1]), child);
        } finally {
            child.destroyForcibly().waitFor();
        }

        try (var after = TestStores.in(data)) {
            transactionsAreThere(after.dynamoDb(HOME, "anyone"));
            var s3 = after.s3(HOME);
            overwrittenObjectsAreWhole(s3);
            openUploadsGoOn(s3);
            completedUploadsAreThere(s3);
            assertThat(data.resolve("incoming").toFile().list()).isEmpty();
        }
    }

    private Process start() throws IOException {
        var classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        classPath,
                        KilledStoresMain.class.getName(),
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Many write at once. The process dies while they do. */
    private void writeUntil(int acknowledged, URI tables, URI buckets, Process victim) throws InterruptedException {
        var table = TestStores.dynamoDb(tables, HOME, "anyone");
        var s3 = TestStores.s3(buckets, HOME, "anyone");
        Tables.create(table);
        s3.putObject(r -> r.bucket(HOME_BUCKET).key("source"), RequestBody.fromBytes(SOURCE));
        var left = new CountDownLatch(acknowledged);
        try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var writer = 0; writer < WRITERS; writer++) {
                var name = "w" + writer;
                writers.execute(() -> untilKilled(left, round -> transact(table, name + "-" + round)));
                writers.execute(() -> untilKilled(left, round -> overwrite(s3, name, round)));
                writers.execute(() -> untilKilled(left, round -> upload(s3, name + "-" + round, round % 2 == 0)));
            }
            left.await();
            victim.destroyForcibly();
        }
    }

    private interface Write {
        void acknowledged(int round);
    }

    private static void untilKilled(CountDownLatch left, Write write) {
        try {
            for (var round = 1; ; round++) {
                write.acknowledged(round);
                left.countDown();
            }
        } catch (SdkException | UncheckedIOException killed) {
            // This writer's last write may have happened or not, because it was not acknowledged.
        }
    }

    private void transact(DynamoDbClient table, String id) {
        table.transactWriteItems(r -> r.transactItems(
                TransactWriteItem.builder()
                        .put(p -> p.tableName("Imageferry").item(Tables.item(id)))
                        .build(),
                TransactWriteItem.builder()
                        .put(p -> p.tableName("Imageferry").item(Tables.item(id + "-twin")))
                        .build(),
                TransactWriteItem.builder()
                        .update(u -> u.tableName("Imageferry")
                                .key(Tables.key("counter"))
                                .updateExpression("ADD n :one")
                                .expressionAttributeValues(Map.of(":one", AttributeValue.fromN("1"))))
                        .build()));
        transactions.add(id);
        counted.incrementAndGet();
    }

    private void overwrite(S3Client s3, String key, int version) {
        s3.putObject(r -> r.bucket(HOME_BUCKET).key(key), RequestBody.fromBytes(content(version)));
        versions.put(key, version);
    }

    private void upload(S3Client s3, String key, boolean complete) {
        var upload = s3.createMultipartUpload(
                        r -> r.bucket(HOME_BUCKET).key(key).checksumAlgorithm(ChecksumAlgorithm.SHA256))
                .uploadId();
        var part = copy(s3, key, upload, 1, "bytes=0-6291455");
        openUploads.put(key + " " + upload, part);
        if (complete) {
            var rest = copy(s3, key, upload, 2, "bytes=6291456-12582911");
            openUploads.remove(key + " " + upload);
            complete(s3, key, upload, part, rest);
            completed.add(key);
        }
    }

    private void transactionsAreThere(DynamoDbClient table) {
        for (var id : transactions) {
            assertThat(List.of(id, id + "-twin"))
                    .allSatisfy(key -> assertThat(
                                    table.getItem(r -> r.tableName("Imageferry").key(Tables.key(key)))
                                            .hasItem())
                            .isTrue());
        }
        var items = table.scanPaginator(r -> r.tableName("Imageferry")).items().stream()
                .filter(item -> item.containsKey("list"))
                .count();
        var counter =
                Integer.parseInt(table.getItem(r -> r.tableName("Imageferry").key(Tables.key("counter")))
                        .item()
                        .get("n")
                        .n());
        assertThat(counter).isGreaterThanOrEqualTo(counted.get());
        assertThat(items).as("no transaction is half there").isEqualTo(2L * counter);
    }

    private void overwrittenObjectsAreWhole(S3Client s3) {
        versions.forEach((key, version) -> {
            var found = s3.getObjectAsBytes(r -> r.bucket(HOME_BUCKET).key(key)).asByteArray();
            var foundVersion = (int) found[0];
            assertThat(foundVersion).isBetween(version, version + 1);
            assertThat(found).isEqualTo(content(foundVersion));
        });
    }

    private void openUploadsGoOn(S3Client s3) {
        openUploads.forEach((keyAndUpload, part) -> {
            var key = keyAndUpload.substring(0, keyAndUpload.indexOf(' '));
            var upload = keyAndUpload.substring(keyAndUpload.indexOf(' ') + 1);
            var rest = copy(s3, key, upload, 2, "bytes=6291456-12582911");
            complete(s3, key, upload, part, rest);
            completed.add(key);
        });
    }

    private void completedUploadsAreThere(S3Client s3) {
        assertThat(completed)
                .allSatisfy(key -> assertThat(
                                s3.getObjectAsBytes(r -> r.bucket(HOME_BUCKET).key(key))
                                        .asByteArray())
                        .isEqualTo(SOURCE));
    }

    private static byte[] content(int version) {
        var bytes = new byte[MIB];
        Arrays.fill(bytes, (byte) version);
        return bytes;
    }

    private static CompletedPart copy(S3Client s3, String key, String upload, int number, String range) {
        var part = s3.uploadPartCopy(r -> r.sourceBucket(HOME_BUCKET)
                        .sourceKey("source")
                        .destinationBucket(HOME_BUCKET)
                        .destinationKey(key)
                        .uploadId(upload)
                        .partNumber(number)
                        .copySourceRange(range))
                .copyPartResult();
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(part.eTag())
                .checksumSHA256(part.checksumSHA256())
                .build();
    }

    private static void complete(S3Client s3, String key, String upload, CompletedPart... parts) {
        s3.completeMultipartUpload(r ->
                r.bucket(HOME_BUCKET).key(key).uploadId(upload).ifNoneMatch("*").multipartUpload(m -> m.parts(parts)));
    }
}
