package imageferry.local.store;

import static imageferry.local.store.Bytes.MIB;
import static imageferry.local.store.TestStores.AWAY;
import static imageferry.local.store.TestStores.AWAY_BUCKET;
import static imageferry.local.store.TestStores.HOME;
import static imageferry.local.store.TestStores.HOME_BUCKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyPartResult;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.ObjectAttributes;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;

/** Copying an object in parts to another region's bucket is checked as S3 checks it. */
class PartCopyTest {
    private static final byte[] SOURCE = Bytes.random(12 * MIB, 1);

    @TempDir
    private static Path data;

    private static TestStores stores;
    private static S3Client home;
    private static S3Client away;
    private static String sourceETag;

    @BeforeAll
    static void start() {
        stores = TestStores.in(data);
        home = stores.s3(HOME);
        away = stores.s3(AWAY);
        sourceETag = home.putObject(r -> r.bucket(HOME_BUCKET).key("source"), RequestBody.fromBytes(SOURCE))
                .eTag();
    }

    @AfterAll
    static void stop() {
        stores.close();
    }

    @Test
    void each_copied_part_has_its_sha_256_and_the_object_their_composite() {
        String upload = upload("copied");
        CopyPartResult first = copy("copied", upload, 1, "bytes=0-8388607");
        CopyPartResult second = copy("copied", upload, 2, "bytes=8388608-12582911");

        assertThat(first.checksumSHA256()).isEqualTo(Bytes.sha256(SOURCE, 0, 8 * MIB));
        assertThat(away.listParts(r -> r.bucket(AWAY_BUCKET).key("copied").uploadId(upload))
                        .parts())
                .extracting(part -> part.checksumSHA256())
                .containsExactly(first.checksumSHA256(), second.checksumSHA256());

        var completed = away.completeMultipartUpload(r -> r.bucket(AWAY_BUCKET)
                .key("copied")
                .uploadId(upload)
                .ifNoneMatch("*")
                .multipartUpload(m -> m.parts(completed(1, first), completed(2, second))));
        assertThat(completed.checksumSHA256()).isEqualTo(Bytes.composite(SOURCE, 8 * MIB));

        var attributes = away.getObjectAttributes(r -> r.bucket(AWAY_BUCKET)
                .key("copied")
                .objectAttributes(
                        ObjectAttributes.CHECKSUM, ObjectAttributes.OBJECT_PARTS, ObjectAttributes.OBJECT_SIZE));
        assertThat(attributes.objectSize()).isEqualTo(SOURCE.length);
        assertThat(attributes.checksum().checksumSHA256()).isEqualTo(Bytes.composite(SOURCE, 8 * MIB));
        assertThat(attributes.checksum().checksumType()).isEqualTo(ChecksumType.COMPOSITE);
        assertThat(attributes.objectParts().totalPartsCount()).isEqualTo(2);
        assertThat(attributes.objectParts().parts())
                .extracting(part -> part.partNumber() + " " + part.size() + " " + part.checksumSHA256())
                .containsExactly("1 8388608 " + first.checksumSHA256(), "2 4194304 " + second.checksumSHA256());
        assertThat(away.headObject(r -> r.bucket(AWAY_BUCKET).key("copied").checksumMode(ChecksumMode.ENABLED))
                        .checksumSHA256())
                .isEqualTo(Bytes.composite(SOURCE, 8 * MIB));
        assertThat(away.getObjectAsBytes(r -> r.bucket(AWAY_BUCKET).key("copied"))
                        .asByteArray())
                .isEqualTo(SOURCE);
    }

    @Test
    void the_parts_of_an_object_are_told_in_pages() {
        String upload = upload("paged");
        CopyPartResult first = copy("paged", upload, 1, "bytes=0-8388607");
        CopyPartResult second = copy("paged", upload, 2, "bytes=8388608-12582911");
        complete("paged", upload, completed(1, first), completed(2, second));

        var page = away.getObjectAttributes(r ->
                        r.bucket(AWAY_BUCKET).key("paged").maxParts(1).objectAttributes(ObjectAttributes.OBJECT_PARTS))
                .objectParts();
        assertThat(page.isTruncated()).isTrue();
        assertThat(page.nextPartNumberMarker()).isEqualTo(1);
        assertThat(page.parts()).extracting(part -> part.partNumber()).containsExactly(1);

        var rest = away.getObjectAttributes(r -> r.bucket(AWAY_BUCKET)
                        .key("paged")
                        .maxParts(1)
                        .partNumberMarker(1)
                        .objectAttributes(ObjectAttributes.OBJECT_PARTS))
                .objectParts();
        assertThat(rest.isTruncated()).isFalse();
        assertThat(rest.parts()).extracting(part -> part.partNumber()).containsExactly(2);
    }

    @Test
    void a_part_copied_twice_counts_once_as_it_was_last() {
        String upload = upload("twice");
        copy("twice", upload, 1, "bytes=0-8388607");
        CopyPartResult again = copy("twice", upload, 1, "bytes=1-8388608");
        complete("twice", upload, completed(1, again));

        assertThat(away.getObjectAsBytes(r -> r.bucket(AWAY_BUCKET).key("twice"))
                        .asByteArray())
                .isEqualTo(Arrays.copyOfRange(SOURCE, 1, 8 * MIB + 1));
    }

    @Test
    void a_source_of_five_mebibytes_is_copied_whole_only() {
        byte[] small = Bytes.random(5 * MIB, 2);
        home.putObject(r -> r.bucket(HOME_BUCKET).key("small"), RequestBody.fromBytes(small));
        String upload = upload("of small");

        S3Exception refused = refused(() -> away.uploadPartCopy(
                part("of small", upload, 1, r -> r.sourceKey("small").copySourceRange("bytes=0-5242879"))));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("InvalidRequest");

        CopyPartResult whole = away.uploadPartCopy(part("of small", upload, 1, r -> r.sourceKey("small")))
                .copyPartResult();
        assertThat(whole.checksumSHA256()).isEqualTo(Bytes.sha256(small, 0, small.length));
    }

    @Test
    void a_range_past_the_end_of_its_source_is_refused() {
        String upload = upload("past");

        S3Exception refused = refused(() -> copy("past", upload, 1, "bytes=8388608-12582912"));
        assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("InvalidArgument");
        assertThat(refused.awsErrorDetails().errorMessage())
                .isEqualTo("Range specified is not valid for source object of size: 12582912");
    }

    @Test
    void a_source_that_has_changed_is_refused() {
        String upload = upload("changed");

        assertThat(refused(() -> away.uploadPartCopy(
                                part("changed", upload, 1, r -> r.copySourceIfMatch("\"another\""))))
                        .statusCode())
                .isEqualTo(412);
        away.uploadPartCopy(part(
                "changed",
                upload,
                1,
                r -> r.copySourceIfMatch(sourceETag)
                        .expectedBucketOwner("111111111111")
                        .expectedSourceBucketOwner("111111111111")));
    }

    @Test
    void a_missing_source_is_refused() {
        String upload = upload("of nothing");

        assertThatExceptionOfType(NoSuchKeyException.class)
                .isThrownBy(() -> away.uploadPartCopy(part("of nothing", upload, 1, r -> r.sourceKey("nothing"))));
    }

    @Test
    void completing_needs_every_part_s_right_checksum() {
        String upload = upload("proven");
        CopyPartResult part = copy("proven", upload, 1, "bytes=0-8388607");

        S3Exception missing = refused(() -> complete(
                "proven",
                upload,
                CompletedPart.builder().partNumber(1).eTag(part.eTag()).build()));
        assertThat(missing.awsErrorDetails().errorCode()).isEqualTo("InvalidRequest");

        S3Exception wrong = refused(() -> complete(
                "proven",
                upload,
                completed(1, part).toBuilder()
                        .checksumSHA256(Bytes.sha256(SOURCE, 0, 1))
                        .build()));
        assertThat(wrong.awsErrorDetails().errorCode()).isEqualTo("InvalidPart");

        S3Exception notCopied = refused(() -> complete("proven", upload, completed(2, part)));
        assertThat(notCopied.awsErrorDetails().errorCode()).isEqualTo("InvalidPart");

        S3Exception wholeWrong = refused(() -> away.completeMultipartUpload(r -> r.bucket(AWAY_BUCKET)
                .key("proven")
                .uploadId(upload)
                .checksumSHA256(Bytes.sha256(SOURCE, 0, 1))
                .multipartUpload(m -> m.parts(completed(1, part)))));
        assertThat(wholeWrong.awsErrorDetails().errorCode()).isEqualTo("BadDigest");

        complete("proven", upload, completed(1, part));
    }

    @Test
    void an_existing_object_is_not_overwritten_when_nothing_may_match() {
        String first = upload("once");
        complete("once", first, completed(1, copy("once", first, 1, "bytes=0-8388607")));
        String second = upload("once");
        CopyPartResult part = copy("once", second, 1, "bytes=0-8388607");

        assertThat(refused(() -> away.completeMultipartUpload(r -> r.bucket(AWAY_BUCKET)
                                .key("once")
                                .uploadId(second)
                                .ifNoneMatch("*")
                                .multipartUpload(m -> m.parts(completed(1, part)))))
                        .statusCode())
                .isEqualTo(412);
    }

    @Test
    void completing_again_answers_again() {
        String upload = upload("again");
        CopyPartResult part = copy("again", upload, 1, "bytes=0-8388607");
        String eTag = complete("again", upload, completed(1, part));

        assertThat(complete("again", upload, completed(1, part))).isEqualTo(eTag);
        assertThat(away.listMultipartUploads(r -> r.bucket(AWAY_BUCKET).prefix("again"))
                        .uploads())
                .isEmpty();
    }

    @Test
    void an_aborted_upload_is_unknown_and_its_key_keeps_the_object_it_had() {
        away.putObject(r -> r.bucket(AWAY_BUCKET).key("kept"), RequestBody.fromString("kept"));
        String upload = upload("kept");
        CopyPartResult part = copy("kept", upload, 1, "bytes=0-8388607");
        abort("kept", upload);

        assertThat(away.getObjectAsBytes(r -> r.bucket(AWAY_BUCKET).key("kept")).asUtf8String())
                .isEqualTo("kept");
        for (Runnable call : List.<Runnable>of(
                () -> abort("kept", upload),
                () -> copy("kept", upload, 2, "bytes=0-8388607"),
                () -> complete("kept", upload, completed(1, part)),
                () -> away.listParts(r -> r.bucket(AWAY_BUCKET).key("kept").uploadId(upload)))) {
            assertThatExceptionOfType(NoSuchUploadException.class).isThrownBy(call::run);
        }
        assertThat(away.listMultipartUploads(r -> r.bucket(AWAY_BUCKET).prefix("kept"))
                        .uploads())
                .isEmpty();
    }

    @Test
    void an_upload_id_that_was_never_given_is_unknown() {
        assertThatExceptionOfType(NoSuchUploadException.class).isThrownBy(() -> abort("never", "not-a-uuid"));
        assertThatExceptionOfType(NoSuchUploadException.class)
                .isThrownBy(() -> copy("never", "0Lx", 1, "bytes=0-8388607"));
    }

    @Test
    void deleting_an_object_ends_no_upload_of_its_key() {
        away.putObject(r -> r.bucket(AWAY_BUCKET).key("both"), RequestBody.fromString("old"));
        String upload = upload("both");
        CopyPartResult part = copy("both", upload, 1, "bytes=0-8388607");
        away.deleteObject(r -> r.bucket(AWAY_BUCKET).key("both"));

        complete("both", upload, completed(1, part));
        assertThat(away.headObject(r -> r.bucket(AWAY_BUCKET).key("both")).contentLength())
                .isEqualTo(8L * MIB);
    }

    private static String upload(String key) {
        return away.createMultipartUpload(r -> r.bucket(AWAY_BUCKET)
                        .key(key)
                        .checksumAlgorithm(ChecksumAlgorithm.SHA256)
                        .metadata(Map.of("copy", "c-1")))
                .uploadId();
    }

    private static CopyPartResult copy(String key, String upload, int number, String range) {
        return away.uploadPartCopy(part(key, upload, number, r -> r.copySourceRange(range)))
                .copyPartResult();
    }

    private static UploadPartCopyRequest part(
            String key, String upload, int number, Consumer<UploadPartCopyRequest.Builder> more) {
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

    private static CompletedPart completed(int number, CopyPartResult part) {
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(part.eTag())
                .checksumSHA256(part.checksumSHA256())
                .build();
    }

    private static String complete(String key, String upload, CompletedPart... parts) {
        return away.completeMultipartUpload(
                        r -> r.bucket(AWAY_BUCKET).key(key).uploadId(upload).multipartUpload(m -> m.parts(parts)))
                .eTag();
    }

    private static void abort(String key, String upload) {
        away.abortMultipartUpload(r -> r.bucket(AWAY_BUCKET).key(key).uploadId(upload));
    }

    private static S3Exception refused(ThrowingCallable call) {
        return catchThrowableOfType(S3Exception.class, call);
    }
}
