package imageferry.local.store;

import com.adobe.testing.s3mock.s3.S3Exception;
import com.adobe.testing.s3mock.s3.dto.Owner;
import com.adobe.testing.s3mock.s3.model.BucketMetadata;
import com.adobe.testing.s3mock.s3.model.S3ObjectMetadata;
import com.adobe.testing.s3mock.s3.store.BucketStore;
import com.adobe.testing.s3mock.s3.store.ObjectStore;
import com.adobe.testing.s3mock.s3.store.StoreConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Publishes objects atomically: the bytes get their own file name, and one atomic write of the object's record points to
 * it. S3Mock would overwrite the bytes that clients read.
 */
final class StoredObjects {
    private final StoreSettings settings;
    private final BucketStore buckets;
    private final ObjectStore objects;
    private final JsonMapper json;

    /** Held while visible state changes; never while bytes are transferred. */
    final ReentrantLock changing = new ReentrantLock();

    StoredObjects(StoreSettings settings, BucketStore buckets, ObjectStore objects, JsonMapper json) {
        this.settings = settings;
        this.buckets = buckets;
        this.objects = objects;
        this.json = json;
    }

    /**
     * Publishes the bytes as the object of this key and announces it. It does so also when the cleanup that follows fails: a
     * client that tries again only learns that the object exists.
     *
     * @param name of the file of the bytes, unique to this write
     * @param unlessRefused runs under the lock, right before: throws to refuse
     * @param afterwards runs under the lock, right after
     */
    S3ObjectMetadata publish(
            BucketMetadata bucket,
            String key,
            Path bytes,
            String name,
            ObjectLabels labels,
            Proof proof,
            Runnable unlessRefused,
            Runnable afterwards)
            throws IOException {
        S3ObjectMetadata published = null;
        changing.lock();
        try {
            unlessRefused.run();
            var id = buckets.addKeyToBucket(key, bucket.getName());
            var folder = Files.createDirectories(bucket.getPath().resolve(id.toString()));
            var before = objects.getS3ObjectMetadata(bucket, id, null);
            var data = folder.resolve(dataFile(name));
            Files.move(bytes, data, StandardCopyOption.ATOMIC_MOVE);
            published = shown(folder, record(id, key, data, labels, proof));
            if (before != null && !before.getDataPath().getFileName().equals(data.getFileName())) {
                Files.deleteIfExists(folder.resolve(before.getDataPath().getFileName()));
            }
            afterwards.run();
            return published;
        } finally {
            changing.unlock();
            announce(bucket.getName(), published);
        }
    }

    /**
     * Replaces the labels of the object of this key; its bytes do not change.
     *
     * @param labels runs under the lock, with the object as it is: returns its new labels, or throws to refuse
     */
    S3ObjectMetadata relabel(BucketMetadata bucket, String key, Function<S3ObjectMetadata, ObjectLabels> labels)
            throws IOException {
        changing.lock();
        try {
            var id = buckets.getBucketMetadata(bucket.getName()).getID(key);
            var before = id == null ? null : objects.getS3ObjectMetadata(bucket, id, null);
            if (id == null || before == null) {
                throw S3Exception.Companion.getNO_SUCH_KEY();
            }
            var after = record(id, key, before.getDataPath(), labels.apply(before), Proof.of(before));
            json.writeValue(
                    bucket.getPath()
                            .resolve(id.toString())
                            .resolve("objectMetadata.json")
                            .toFile(),
                    after);
            return after;
        } finally {
            changing.unlock();
        }
    }

    /** Bytes without a record would only keep a full disk full. */
    private S3ObjectMetadata shown(Path folder, S3ObjectMetadata object) throws IOException {
        try {
            json.writeValue(folder.resolve("objectMetadata.json").toFile(), object);
            return object;
        } catch (RuntimeException failed) {
            Files.deleteIfExists(object.getDataPath());
            throw failed;
        }
    }

    /**
     * Runs an action that may lose keys of the bucket when it fails, and restores the keys then.
     *
     * @param copy a new file, which reserves the space for restoring them
     */
    <T> T keepingKeys(BucketMetadata bucket, Path copy, Supplier<T> change) throws IOException {
        var keys = bucket.getPath().resolve("bucketMetadata.json");
        changing.lock();
        try {
            Files.copy(keys, copy);
            return change.get();
        } catch (RuntimeException failed) {
            Files.move(copy, keys, StandardCopyOption.ATOMIC_MOVE);
            throw failed;
        } finally {
            Files.deleteIfExists(copy);
            changing.unlock();
        }
    }

    /** Returns whether the object of this key was published under this name. */
    boolean isPublished(BucketMetadata bucket, String key, String name) {
        var id = bucket.getID(key);
        var object = id == null ? null : objects.getS3ObjectMetadata(bucket, id, null);
        return object != null && object.getDataPath().endsWith(dataFile(name));
    }

    /** Best effort, as S3's own notifications are. */
    void announce(String bucket, @Nullable S3ObjectMetadata object) {
        if (object == null || !object.getKey().startsWith("imports/")) {
            return;
        }
        settings.regionOf(bucket).ifPresent(region -> {
            try {
                settings.objectCreated()
                        .accept(new CreatedObject(
                                bucket,
                                region,
                                object.getKey(),
                                Long.parseLong(object.getSize()),
                                String.valueOf(object.getEtag()).replace("\"", "")));
            } catch (RuntimeException listenerFailed) {
                System.getLogger(StoredObjects.class.getName())
                        .log(System.Logger.Level.DEBUG, "Nobody heard of " + object.getKey(), listenerFailed);
            }
        });
    }

    private static String dataFile(String name) {
        return "binaryData-" + name;
    }

    private static S3ObjectMetadata record(UUID id, String key, Path data, ObjectLabels labels, Proof proof)
            throws IOException {
        var now = Instant.now();
        return new S3ObjectMetadata(
                id,
                key,
                Long.toString(Files.size(data)),
                StoreConfiguration.Companion.getS3_OBJECT_DATE_FORMAT().format(now),
                proof.eTag(),
                labels.contentType() == null ? "application/octet-stream" : labels.contentType(),
                now.toEpochMilli(),
                data,
                labels.userMetadata(),
                labels.tags(),
                null,
                null,
                Owner.Companion.getDEFAULT_OWNER(),
                labels.storeHeaders(),
                labels.encryptionHeaders(),
                proof.algorithm(),
                proof.checksum(),
                labels.storageClass(),
                null,
                null,
                false,
                proof.type(),
                proof.parts());
    }
}
