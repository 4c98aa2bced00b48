package imageferry.local.store;

import imageferry.local.data.DataDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.ToLongFunction;

/** Both stores, on one data folder that no other process has open. Acknowledged writes survive a killed process. */
public final class EmbeddedStores implements AutoCloseable {
    private final DataFolder folder;
    private final DataDisk disk;
    private final EmbeddedDynamoDb dynamoDb;
    private final EmbeddedS3 s3;

    private EmbeddedStores(DataFolder folder, DataDisk disk, EmbeddedDynamoDb dynamoDb, EmbeddedS3 s3) {
        this.folder = folder;
        this.disk = disk;
        this.dynamoDb = dynamoDb;
        this.s3 = s3;
    }

    /** Starts both stores, for a caller that does not follow the table's changes. */
    public static EmbeddedStores start(StoreSettings settings) {
        return start(settings, folder -> 0);
    }

    /**
     * Starts both stores in parallel, and returns when both are ready.
     *
     * @param lastReadByAll finds, in the open data folder, the sequence number of the last change that all followers have
     *     read; 0 if one has read none. Older changes are removed.
     * @throws StoresRefused when the folder, the port or the folder for temporary files cannot be used
     */
    public static EmbeddedStores start(StoreSettings settings, ToLongFunction<Path> lastReadByAll) {
        QuietLogs.silence();
        TemporaryFiles.require();
        var folder = DataFolder.open(settings.data());
        var disk = writable(folder);
        var dynamoDb = CompletableFuture.supplyAsync(
                () -> EmbeddedDynamoDb.start(
                        folder.folder("dynamodb"), settings, lastReadByAll.applyAsLong(folder.path()), disk),
                Thread.ofPlatform()::start);
        try {
            var s3 = EmbeddedS3.start(folder, settings, disk);
            return new EmbeddedStores(folder, disk, joined(dynamoDb), s3);
        } catch (RuntimeException failed) {
            dynamoDb.thenAccept(EmbeddedStores::close)
                    .exceptionally(alsoFailed -> null)
                    .join();
            folder.close();
            throw failed;
        }
    }

    /** Returns the disk of a writable folder; another one is released. */
    private static DataDisk writable(DataFolder folder) {
        try {
            // Files that a killed process leaves there are removed at the next start.
            var disk = DataDisk.of(folder.path(), folder.folder(DataFolder.INCOMING));
            disk.tried().ifPresent(refusal -> {
                throw new StoresRefused(refusal);
            });
            return disk;
        } catch (RuntimeException refused) {
            folder.close();
            throw refused;
        }
    }

    /** Returns a subfolder of the data folder, created when absent. */
    public Path folder(String name) {
        return folder.folder(name);
    }

    public Path folder() {
        return folder.path();
    }

    public DataDisk disk() {
        return disk;
    }

    /** Returns the endpoint of DynamoDB and its streams. */
    public URI dynamoDb() {
        return dynamoDb.endpoint();
    }

    /** Returns the regions whose buckets have snapshots and no owner, each with the number of its snapshots. */
    public Map<String, Long> withoutOwner() {
        return s3.withoutOwner();
    }

    /** Returns the endpoint of S3, for path-style requests. */
    public URI s3() {
        return s3.endpoint();
    }

    @Override
    public void close() {
        try (folder) {
            s3.close();
            close(dynamoDb);
        }
    }

    private static void close(EmbeddedDynamoDb dynamoDb) {
        try {
            dynamoDb.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EmbeddedDynamoDb joined(CompletableFuture<EmbeddedDynamoDb> starting) {
        try {
            return starting.join();
        } catch (CompletionException e) {
            throw new IllegalStateException("DynamoDB Local did not start", e.getCause());
        }
    }
}
