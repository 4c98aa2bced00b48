package imageferry.local.store;

import static imageferry.local.store.Bytes.MIB;
import static imageferry.local.store.TestStores.AWAY;
import static imageferry.local.store.TestStores.AWAY_BUCKET;
import static imageferry.local.store.TestStores.HOME;
import static imageferry.local.store.TestStores.HOME_BUCKET;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyPartResult;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;

/** Copies parts of one object of the home bucket into the other region's bucket. */
final class PartCopies {
    static final byte[] SOURCE = Bytes.random(12 * MIB, 1);

    final S3Client home;
    final S3Client away;
    final String sourceETag;

    PartCopies(TestStores stores) {
        home = stores.s3(HOME);
        away = stores.s3(AWAY);
        sourceETag = home.putObject(r -> r.bucket(HOME_BUCKET).key("source"), RequestBody.fromBytes(SOURCE))
                .eTag();
    }

    String upload(String key) {
        return away.createMultipartUpload(r -> r.bucket(AWAY_BUCKET)
                        .key(key)
                        .checksumAlgorithm(ChecksumAlgorithm.SHA256)
                        .metadata(Map.of("copy", "c-1")))
                .uploadId();
    }

    CopyPartResult copy(String key, String upload, int number, String range) {
        return away.uploadPartCopy(part(key, upload, number, r -> r.copySourceRange(range)))
                .copyPartResult();
    }

    UploadPartCopyRequest part(String key, String upload, int number, Consumer<UploadPartCopyRequest.Builder> more) {
        return UploadPartCopyRequest.builder()
                .sourceBucket(HOME_BUCKET)
                .sourceKey("source")
                .destinationBucket(AWAY_BUCKET)
                .destinationKey(key)
                .uploadId(upload)
                .partNumber(number)
                .applyMutation(more)
                .build();
    }

    static CompletedPart completed(int number, CopyPartResult part) {
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(part.eTag())
                .checksumSHA256(part.checksumSHA256())
                .build();
    }

    String complete(String key, String upload, CompletedPart... parts) {
        return away.completeMultipartUpload(
                        r -> r.bucket(AWAY_BUCKET).key(key).uploadId(upload).multipartUpload(m -> m.parts(parts)))
                .eTag();
    }

    void abort(String key, String upload) {
        away.abortMultipartUpload(r -> r.bucket(AWAY_BUCKET).key(key).uploadId(upload));
    }

    static S3Exception refused(ThrowingCallable call) {
        return catchThrowableOfType(S3Exception.class, call);
    }
}
