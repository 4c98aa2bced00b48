package imageferry.local.store;

import com.adobe.testing.s3mock.s3.S3Exception;
import com.adobe.testing.s3mock.s3.model.BucketMetadata;
import com.adobe.testing.s3mock.s3.model.MultipartUploadInfo;
import com.adobe.testing.s3mock.s3.model.PartMetadata;
import com.adobe.testing.s3mock.s3.store.BucketStore;
import com.adobe.testing.s3mock.s3.store.MultipartStore;
import com.adobe.testing.s3mock.s3.store.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.json.JsonMapper;

/** The open uploads, in S3Mock's own files: each part complete or absent, and with its checksum. */
record OpenUploads(
        BucketStore buckets, ObjectStore objects, MultipartStore uploads, StoredObjects published, JsonMapper json) {
    private static final String UPLOAD_FILE = "multipartMetadata.json";

    /** Returns the open upload of this id; an id of another key is unknown, too. */
    MultipartUploadInfo get(BucketMetadata bucket, String key, UUID uploadId) {
        var upload = uploads.getMultipartUploadInfo(bucket, uploadId);
        if (upload == null
                || upload.getCompleted()
                || !upload.getUpload().getKey().equals(key)) {
            throw S3Exception.Companion.getNO_SUCH_UPLOAD_MULTIPART();
        }
        return upload;
    }

    /** Adds a part, or replaces it. Its file makes it visible, so that is written last. */
    void put(BucketMetadata bucket, String key, UUID uploadId, int number, Received bytes) throws IOException {
        var folder = folder(bucket, uploadId);
        var part = partFile(bucket, uploadId, number);
        var record = new PartMetadata(
                number, bytes.md5(), bytes.size(), System.currentTimeMillis(), bytes.checksum(), bytes.algorithm());
        published.changing.lock();
        try {
            get(bucket, key, uploadId);
            remember(bucket, key);
            Files.deleteIfExists(part);
            json.writeValue(folder.resolve(number + ".partmeta.json").toFile(), record);
            Files.move(bytes.file(), part, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            published.changing.unlock();
        }
    }

    @Nullable
    PartMetadata part(BucketMetadata bucket, UUID uploadId, int number) {
        var record = folder(bucket, uploadId).resolve(number + ".partmeta.json");
        return Files.exists(partFile(bucket, uploadId, number)) && Files.exists(record)
                ? json.readValue(record.toFile(), PartMetadata.class)
                : null;
    }

    Path partFile(BucketMetadata bucket, UUID uploadId, int number) {
        return folder(bucket, uploadId).resolve(number + ".part");
    }

    /** Removes a finished upload: a deletion needs no space. After a kill the next start removes the rest. */
    void complete(BucketMetadata bucket, MultipartUploadInfo upload) {
        try {
            remove(folder(bucket, UUID.fromString(upload.getUpload().getUploadId())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Forgets an upload and its parts. The key stays known while an object or another upload has it. */
    void abort(BucketMetadata bucket, String key, UUID uploadId) throws IOException {
        published.changing.lock();
        try {
            get(bucket, key, uploadId);
            remove(folder(bucket, uploadId));
            tidy(bucket, key);
        } finally {
            published.changing.unlock();
        }
    }

    /** Without its file the upload is unknown, so that is deleted first. */
    private static void remove(Path folder) throws IOException {
        Files.delete(folder.resolve(UPLOAD_FILE));
        FileSystemUtils.deleteRecursively(folder);
    }

    /** S3Mock finds an upload by its key, and forgets the key when its object is deleted. */
    void remember(BucketMetadata bucket, String key) {
        if (buckets.getBucketMetadata(bucket.getName()).getID(key) == null) {
            buckets.addKeyToBucket(key, bucket.getName());
        }
    }

    /**
     * Cleans up after a deletion. A key with an open upload stays known, as a deletion ends no upload; one without is
     * forgotten, also when a deletion that failed on a full disk was only half done.
     */
    void tidy(BucketMetadata bucket, String key) {
        if (isOpen(bucket, key)) {
            remember(bucket, key);
        } else {
            var id = buckets.getBucketMetadata(bucket.getName()).getID(key);
            if (id != null && objects.getS3ObjectMetadata(bucket, id, null) == null) {
                buckets.removeFromBucket(key, bucket.getName());
            }
        }
    }

    boolean isOpen(BucketMetadata bucket, String key) {
        return uploads.listMultipartUploads(bucket, key).stream()
                .anyMatch(upload -> upload.getKey().equals(key));
    }

    /** Finishes the work of a killed process: uploads that are done, or whose object was just published. */
    void repair(BucketMetadata bucket) throws IOException {
        var all = bucket.getPath().resolve(MultipartStore.MULTIPARTS_FOLDER);
        if (!Files.isDirectory(all)) {
            return;
        }
        List<Path> folders;
        try (var listed = Files.list(all)) {
            folders = listed.filter(OpenUploads::isOurs).toList();
        }
        for (var folder : folders) {
            var uploadId = String.valueOf(folder.getFileName());
            var upload = uploads.getMultipartUploadInfo(bucket, UUID.fromString(uploadId));
            if (upload == null
                    || upload.getCompleted()
                    || published.isPublished(bucket, upload.getUpload().getKey(), uploadId)) {
                FileSystemUtils.deleteRecursively(folder);
            }
        }
    }

    private static boolean isOurs(Path folder) {
        return Incoming.NAME.matcher(String.valueOf(folder.getFileName())).matches()
                && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
    }

    private static Path folder(BucketMetadata bucket, UUID uploadId) {
        return bucket.getPath().resolve(MultipartStore.MULTIPARTS_FOLDER).resolve(uploadId.toString());
    }
}
