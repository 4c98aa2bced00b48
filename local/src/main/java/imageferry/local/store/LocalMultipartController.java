package imageferry.local.store;

import com.adobe.testing.s3mock.s3.S3Exception;
import com.adobe.testing.s3mock.s3.controller.MultipartController;
import com.adobe.testing.s3mock.s3.dto.ChecksumAlgorithm;
import com.adobe.testing.s3mock.s3.dto.ChecksumType;
import com.adobe.testing.s3mock.s3.dto.CompleteMultipartUpload;
import com.adobe.testing.s3mock.s3.dto.CompleteMultipartUploadResult;
import com.adobe.testing.s3mock.s3.dto.CopyPartResult;
import com.adobe.testing.s3mock.s3.dto.CopySource;
import com.adobe.testing.s3mock.s3.dto.InitiateMultipartUploadResult;
import com.adobe.testing.s3mock.s3.dto.Initiator;
import com.adobe.testing.s3mock.s3.dto.ListPartsResult;
import com.adobe.testing.s3mock.s3.dto.ObjectKey;
import com.adobe.testing.s3mock.s3.dto.Owner;
import com.adobe.testing.s3mock.s3.dto.StorageClass;
import com.adobe.testing.s3mock.s3.dto.Tag;
import com.adobe.testing.s3mock.s3.model.PartMetadata;
import com.adobe.testing.s3mock.s3.model.S3ObjectMetadata;
import com.adobe.testing.s3mock.s3.service.BucketService;
import com.adobe.testing.s3mock.s3.service.MultipartService;
import com.adobe.testing.s3mock.s3.service.ObjectService;
import com.adobe.testing.s3mock.s3.util.HeaderUtil;
import imageferry.local.data.DataDisk;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRange;
import org.springframework.http.ResponseEntity;

/** S3Mock's multipart uploads, with S3's checksums and errors, and atomic under a kill. */
final class LocalMultipartController extends MultipartController {
    private final BucketService buckets;
    private final ObjectService objects;
    private final MultipartService numbers;
    private final Incoming incoming;
    private final StoredObjects stored;
    private final OpenUploads uploads;
    private final DataDisk disk;

    LocalMultipartController(
            BucketService buckets,
            ObjectService objects,
            MultipartService numbers,
            Incoming incoming,
            StoredObjects stored,
            OpenUploads uploads,
            DataDisk disk) {
        super(buckets, objects, numbers);
        this.buckets = buckets;
        this.objects = objects;
        this.numbers = numbers;
        this.incoming = incoming;
        this.stored = stored;
        this.uploads = uploads;
        this.disk = disk;
    }

    @Override
    public ResponseEntity<Void> abortMultipartUpload(String bucketName, ObjectKey key, UUID uploadId) {
        var bucket = buckets.verifyBucketExists(bucketName);
        try {
            uploads.abort(bucket, key.getKey(), uploadId);
        } catch (IOException e) {
            throw S3Refusal.failure(e, disk);
        }
        return ResponseEntity.noContent().build();
    }

    /** When S3Mock cannot open an upload, it forgets the key, and with it an existing object. */
    @Override
    public ResponseEntity<InitiateMultipartUploadResult> createMultipartUpload(
            String bucketName,
            ObjectKey key,
            @Nullable String contentType,
            @Nullable ChecksumType checksumType,
            @Nullable List<Tag> tags,
            StorageClass storageClass,
            HttpHeaders httpHeaders,
            InputStream inputStream) {
        var bucket = buckets.verifyBucketExists(bucketName);
        var labels = ObjectLabels.of(httpHeaders, storageClass);
        var algorithm = HeaderUtil.INSTANCE.checksumAlgorithmFromHeader(httpHeaders);
        InitiateMultipartUploadResult upload;
        try (inputStream) {
            // Some clients send a body, which has no meaning.
            inputStream.transferTo(OutputStream.nullOutputStream());
            upload = stored.keepingKeys(
                    bucket,
                    incoming.next(),
                    () -> opened(bucketName, key, labels, storageClass, checksumType, algorithm));
        } catch (IOException e) {
            throw S3Refusal.failure(e, disk);
        }
        return ResponseEntity.ok()
                .headers(answer -> {
                    labels.encryptionHeaders().forEach(answer::set);
                    if (algorithm != null) {
                        answer.set("x-amz-checksum-algorithm", algorithm.toString());
                    }
                    if (checksumType != null) {
                        answer.set("x-amz-checksum-type", checksumType.toString());
                    }
                })
                .body(upload);
    }

    private InitiateMultipartUploadResult opened(
            String bucketName,
            ObjectKey key,
            ObjectLabels labels,
            StorageClass storageClass,
            @Nullable ChecksumType checksumType,
            @Nullable ChecksumAlgorithm algorithm) {
        return numbers.createMultipartUpload(
                bucketName,
                key.getKey(),
                labels.contentType(),
                labels.storeHeaders(),
                Owner.Companion.getDEFAULT_OWNER(),
                Initiator.Companion.getDEFAULT_INITIATOR(),
                labels.userMetadata(),
                labels.encryptionHeaders(),
                labels.tags(),
                storageClass,
                checksumType,
                algorithm);
    }

    @Override
    public ResponseEntity<ListPartsResult> listParts(
            String bucketName, ObjectKey key, int maxParts, @Nullable Integer partNumberMarker, UUID uploadId) {
        var bucket = buckets.verifyBucketExists(bucketName);
        uploads.get(bucket, key.getKey(), uploadId);
        uploads.remember(bucket, key.getKey());
        return super.listParts(bucketName, key, maxParts, partNumberMarker, uploadId);
    }

    @Override
    public ResponseEntity<Void> uploadPart(
            String bucketName,
            ObjectKey key,
            UUID uploadId,
            String partNumber,
            HttpHeaders httpHeaders,
            InputStream inputStream) {
        var bucket = buckets.verifyBucketExists(bucketName);
        var number = number(partNumber);
        var algorithm = uploads.get(bucket, key.getKey(), uploadId).getChecksumAlgorithm();
        try (var part = incoming.receive(inputStream, httpHeaders, algorithm)) {
            if (algorithm != null && part.algorithm() != algorithm) {
                throw S3Refusal.invalidRequest("Checksum Type mismatch occurred, expected checksum Type: "
                        + lower(algorithm) + ", actual checksum Type: " + lower(part.algorithm()));
            }
            uploads.put(bucket, key.getKey(), uploadId, number, part);
            return ResponseEntity.ok()
                    .headers(answer -> {
                        HeaderUtil.INSTANCE
                                .checksumHeaderFrom(part.checksum(), part.algorithm())
                                .forEach(answer::set);
                        ObjectLabels.encryption(httpHeaders).forEach(answer::set);
                    })
                    .eTag(part.md5())
                    .build();
        } catch (IOException e) {
            throw S3Refusal.failure(e, disk);
        }
    }

    @Override
    public ResponseEntity<CopyPartResult> uploadPartCopy(
            String bucketName,
            ObjectKey key,
            CopySource copySource,
            @Nullable HttpRange copyRange,
            @Nullable List<String> match,
            @Nullable List<String> noneMatch,
            @Nullable List<Instant> ifModifiedSince,
            @Nullable List<Instant> ifUnmodifiedSince,
            UUID uploadId,
            String partNumber,
            HttpHeaders httpHeaders) {
        var bucket = buckets.verifyBucketExists(bucketName);
        var number = number(partNumber);
        var upload = uploads.get(bucket, key.getKey(), uploadId);
        buckets.verifyBucketExists(copySource.getBucket());
        var source = objects.verifyObjectExists(copySource.getBucket(), copySource.getKey(), copySource.getVersionId());
        objects.verifyObjectMatchingForCopy(match, noneMatch, ifModifiedSince, ifUnmodifiedSince, source);
        var range = CopyRange.of(httpHeaders.getFirst("x-amz-copy-source-range"), Long.parseLong(source.getSize()));
        try (var part =
                incoming.copy(source.getDataPath(), range.from(), range.length(), upload.getChecksumAlgorithm())) {
            uploads.put(bucket, key.getKey(), uploadId, number, part);
            return ResponseEntity.ok()
                    .body(CopyPartResult.Companion.from(
                            part.algorithm(), part.checksum(), "\"" + part.md5() + "\"", Instant.now()));
        } catch (IOException e) {
            throw S3Refusal.failure(e, disk);
        }
    }

    @Override
    public ResponseEntity<CompleteMultipartUploadResult> completeMultipartUpload(
            String bucketName,
            ObjectKey key,
            @Nullable List<String> match,
            @Nullable List<String> noneMatch,
            UUID uploadId,
            CompleteMultipartUpload upload,
            HttpServletRequest request,
            HttpHeaders httpHeaders) {
        var bucket = buckets.verifyBucketExists(bucketName);
        Runnable condition = () -> objects.verifyObjectMatching(bucketName, key.getKey(), match, noneMatch);
        condition.run();
        if (stored.isPublished(bucket, key.getKey(), uploadId.toString())) {
            // Repeated by a client that missed the answer: S3 answers again.
            return completed(request, bucketName, objects.verifyObjectExists(bucketName, key.getKey(), null));
        }
        var open = uploads.get(bucket, key.getKey(), uploadId);
        var parts = new NamedParts(uploads, bucket, open).verified(upload.getParts());
        var completion = new Completion(uploads, bucket, open);
        var joined = incoming.next();
        try {
            incoming.needRoom(parts.stream().mapToLong(PartMetadata::getSize).sum());
            var proof = completion.join(parts, joined);
            completion.verify(httpHeaders, proof, Files.size(joined));
            var published = stored.publish(
                    bucket,
                    key.getKey(),
                    joined,
                    uploadId.toString(),
                    ObjectLabels.of(open),
                    proof,
                    () -> {
                        uploads.get(bucket, key.getKey(), uploadId);
                        condition.run();
                    },
                    () -> uploads.complete(bucket, open));
            return completed(request, bucketName, published);
        } catch (IOException e) {
            throw S3Refusal.failure(e, disk);
        } finally {
            joined.toFile().delete();
        }
    }

    private int number(String partNumber) {
        try {
            return numbers.verifyPartNumberLimits(partNumber);
        } catch (NumberFormatException notANumber) {
            throw S3Exception.Companion.getINVALID_PART_NUMBER();
        }
    }

    private static ResponseEntity<CompleteMultipartUploadResult> completed(
            HttpServletRequest request, String bucket, S3ObjectMetadata object) {
        return ResponseEntity.ok(CompleteMultipartUploadResult.Companion.from(
                request.getRequestURL().toString(),
                bucket,
                object.getKey(),
                object.getEtag(),
                ObjectLabels.of(object).encryptionHeaders(),
                object.getChecksum(),
                object.getChecksumType(),
                object.getChecksumAlgorithm(),
                null));
    }

    private static String lower(@Nullable ChecksumAlgorithm algorithm) {
        return algorithm == null ? "null" : algorithm.toString().toLowerCase(Locale.ROOT);
    }
}
