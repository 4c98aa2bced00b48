package imageferry.local.store;

import com.adobe.testing.s3mock.common.AwsHttpHeaders.MetadataDirective;
import com.adobe.testing.s3mock.s3.S3Exception;
import com.adobe.testing.s3mock.s3.controller.ObjectController;
import com.adobe.testing.s3mock.s3.dto.ChecksumMode;
import com.adobe.testing.s3mock.s3.dto.CopyObjectResult;
import com.adobe.testing.s3mock.s3.dto.CopySource;
import com.adobe.testing.s3mock.s3.dto.Delete;
import com.adobe.testing.s3mock.s3.dto.DeleteResult;
import com.adobe.testing.s3mock.s3.dto.ObjectKey;
import com.adobe.testing.s3mock.s3.dto.StorageClass;
import com.adobe.testing.s3mock.s3.dto.Tag;
import com.adobe.testing.s3mock.s3.model.BucketMetadata;
import com.adobe.testing.s3mock.s3.model.MappersKt;
import com.adobe.testing.s3mock.s3.model.S3ObjectMetadata;
import com.adobe.testing.s3mock.s3.service.BucketService;
import com.adobe.testing.s3mock.s3.service.ObjectService;
import com.adobe.testing.s3mock.s3.util.HeaderUtil;
import com.adobe.testing.s3mock.s3.util.ObjectMetadataHeadersKt;
import imageferry.local.data.DataDisk;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRange;
import org.springframework.http.ResponseEntity;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** S3Mock's single objects, written in one pass, published by one rename, and announced. */
final class LocalObjectController extends ObjectController {
    private final BucketService buckets;
    private final ObjectService objects;
    private final Incoming incoming;
    private final StoredObjects stored;
    private final OpenUploads uploads;
    private final DataDisk disk;

    LocalObjectController(
            BucketService buckets,
            ObjectService objects,
            Incoming incoming,
            StoredObjects stored,
            OpenUploads uploads,
            DataDisk disk) {
        super(buckets, objects);
        this.buckets = buckets;
        this.objects = objects;
        this.incoming = incoming;
        this.stored = stored;
        this.uploads = uploads;
        this.disk = disk;
    }

    @Override
    public ResponseEntity<Void> putObject(
            String bucketName,
            ObjectKey key,
            @Nullable List<Tag> tags,
            @Nullable String contentType,
            @Nullable String contentMd5,
            @Nullable List<String> match,
            @Nullable List<String> noneMatch,
            StorageClass storageClass,
            HttpHeaders httpHeaders,
            InputStream inputStream) {
        var bucket = buckets.verifyBucketExists(bucketName);
        try (var whole = incoming.receive(inputStream, httpHeaders, null)) {
            var object = stored.publish(
                    bucket,
                    key.getKey(),
                    whole.file(),
                    UUID.randomUUID().toString(),
                    ObjectLabels.of(httpHeaders, storageClass),
                    Proof.ofWhole(whole),
                    () -> objects.verifyObjectMatching(bucketName, key.getKey(), match, noneMatch),
                    () -> {});
            return ResponseEntity.ok()
                    .headers(answer -> {
                        ObjectMetadataHeadersKt.checksumHeader(object).forEach(answer::set);
                        ObjectLabels.of(object).encryptionHeaders().forEach(answer::set);
                    })
                    .header("x-amz-object-size", object.getSize())
                    .eTag(whole.md5())
                    .build();
        } catch (IOException e) {
            throw S3Refusal.failure(e, disk);
        }
    }

    @Override
    public ResponseEntity<CopyObjectResult> copyObject(
            String bucketName,
            ObjectKey key,
            CopySource copySource,
            MetadataDirective metadataDirective,
            @Nullable List<String> match,
            @Nullable List<String> noneMatch,
            @Nullable List<Instant> ifModifiedSince,
            @Nullable List<Instant> ifUnmodifiedSince,
            @Nullable StorageClass storageClass,
            HttpHeaders httpHeaders) {
        var bucket = buckets.verifyBucketExists(bucketName);
        buckets.verifyBucketExists(copySource.getBucket());
        var source = objects.verifyObjectExists(copySource.getBucket(), copySource.getKey(), copySource.getVersionId());
        Function<S3ObjectMetadata, ObjectLabels> copied = object -> {
            objects.verifyObjectMatchingForCopy(match, noneMatch, ifModifiedSince, ifUnmodifiedSince, object);
            return ObjectLabels.ofCopy(object, httpHeaders, storageClass);
        };
        if (copySource.getBucket().equals(bucketName) && copySource.getKey().equals(key.getKey())) {
            return relabelled(bucket, key.getKey(), metadataDirective, storageClass, copied);
        }
        var labels = copied.apply(source);
        var all = CopyRange.of(null, Long.parseLong(source.getSize()));
        var asked = HeaderUtil.INSTANCE.checksumAlgorithmFromHeader(httpHeaders);
        try (var copy = incoming.copy(
                source.getDataPath(), 0, all.length(), asked == null ? source.getChecksumAlgorithm() : asked)) {
            var object = stored.publish(
                    bucket,
                    key.getKey(),
                    copy.file(),
                    UUID.randomUUID().toString(),
                    labels,
                    Proof.ofWhole(copy),
                    () -> {},
                    () -> {});
            return ResponseEntity.ok(MappersKt.toCopyObjectResult(object));
        } catch (IOException e) {
            throw S3Refusal.failure(e, disk);
        }
    }

    /** A copy of an object onto itself gets new labels and keeps its bytes; it counts as a new object. */
    private ResponseEntity<CopyObjectResult> relabelled(
            BucketMetadata bucket,
            String key,
            MetadataDirective directive,
            @Nullable StorageClass storageClass,
            Function<S3ObjectMetadata, ObjectLabels> copied) {
        try {
            var object = stored.relabel(bucket, key, before -> {
                var labels = copied.apply(before);
                if (directive != MetadataDirective.REPLACE
                        && storageClass == null
                        && labels.encryptionHeaders().isEmpty()) {
                    throw changesNothing();
                }
                return labels;
            });
            stored.announce(bucket.getName(), object);
            return ResponseEntity.ok(MappersKt.toCopyObjectResult(object));
        } catch (IOException e) {
            throw S3Refusal.failure(e, disk);
        }
    }

    private static S3Exception changesNothing() {
        return S3Refusal.invalidRequest("This copy request is illegal because it is trying to copy an object to itself"
                + " without changing the object's metadata, storage class, website redirect location or encryption"
                + " attributes.");
    }

    @Override
    public ResponseEntity<Void> headObject(
            String bucketName,
            ObjectKey key,
            @Nullable List<String> match,
            @Nullable List<String> noneMatch,
            @Nullable List<Instant> ifModifiedSince,
            @Nullable List<Instant> ifUnmodifiedSince,
            @Nullable HttpRange range,
            @Nullable String partNumber,
            @Nullable String versionId,
            Map<String, String> queryParams) {
        return withEmptyMetadata(
                bucketName,
                key,
                super.headObject(
                        bucketName,
                        key,
                        match,
                        noneMatch,
                        ifModifiedSince,
                        ifUnmodifiedSince,
                        range,
                        partNumber,
                        versionId,
                        queryParams));
    }

    @Override
    public ResponseEntity<StreamingResponseBody> getObject(
            String bucketName,
            ObjectKey key,
            ChecksumMode mode,
            @Nullable List<String> match,
            @Nullable List<String> noneMatch,
            @Nullable List<Instant> ifModifiedSince,
            @Nullable List<Instant> ifUnmodifiedSince,
            @Nullable String partNumber,
            @Nullable HttpRange range,
            @Nullable String versionId,
            Map<String, String> queryParams) {
        return withEmptyMetadata(
                bucketName,
                key,
                super.getObject(
                        bucketName,
                        key,
                        mode,
                        match,
                        noneMatch,
                        ifModifiedSince,
                        ifUnmodifiedSince,
                        partNumber,
                        range,
                        versionId,
                        queryParams));
    }

    /** S3Mock omits metadata without a value from its answers. */
    private <T> ResponseEntity<T> withEmptyMetadata(String bucketName, ObjectKey key, ResponseEntity<T> answer) {
        var object = objects.getObject(bucketName, key.getKey(), null);
        var empty = object == null
                ? List.<String>of()
                : ObjectLabels.of(object).userMetadata().entrySet().stream()
                        .filter(entry -> entry.getValue().isBlank())
                        .map(Map.Entry::getKey)
                        .toList();
        return empty.isEmpty()
                ? answer
                : ResponseEntity.status(answer.getStatusCode())
                        .headers(answer.getHeaders())
                        .headers(headers -> empty.forEach(name -> headers.set(name, "")))
                        .body(answer.getBody());
    }

    /** A form's file is stored as any other body: S3Mock would write it over the bytes that readers see. */
    @Override
    public ResponseEntity<Void> postObject(
            String bucketName,
            ObjectKey key,
            @Nullable List<Tag> tags,
            @Nullable String contentType,
            @Nullable String contentMd5,
            StorageClass storageClass,
            MultipartFile file)
            throws IOException {
        var fields = new HttpHeaders();
        if (contentType != null) {
            fields.set(HttpHeaders.CONTENT_TYPE, contentType);
        }
        if (contentMd5 != null) {
            fields.set("Content-MD5", contentMd5);
        }
        try (var bytes = file.getInputStream()) {
            return putObject(bucketName, key, tags, contentType, contentMd5, null, null, storageClass, fields, bytes);
        }
    }

    @Override
    public ResponseEntity<Void> deleteObject(
            String bucketName,
            ObjectKey key,
            @Nullable List<String> match,
            @Nullable List<Instant> matchLastModifiedTime,
            @Nullable List<Long> matchSize,
            @Nullable String versionId) {
        stored.changing.lock();
        try {
            var answer = super.deleteObject(bucketName, key, match, matchLastModifiedTime, matchSize, versionId);
            uploads.tidy(buckets.verifyBucketExists(bucketName), key.getKey());
            return answer;
        } finally {
            stored.changing.unlock();
        }
    }

    @Override
    public ResponseEntity<DeleteResult> deleteObjects(String bucketName, Delete body) {
        stored.changing.lock();
        try {
            var answer = super.deleteObjects(bucketName, body);
            for (var deleted : body.getObjectsToDelete()) {
                uploads.tidy(buckets.verifyBucketExists(bucketName), deleted.getKey());
            }
            return answer;
        } finally {
            stored.changing.unlock();
        }
    }
}
