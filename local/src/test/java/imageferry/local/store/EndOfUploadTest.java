package imageferry.local.store;

import static imageferry.local.store.Bytes.MIB;
import static imageferry.local.store.PartCopies.SOURCE;
import static imageferry.local.store.PartCopies.completed;
import static imageferry.local.store.PartCopies.refused;
import static imageferry.local.store.TestStores.AWAY_BUCKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;

/**
 * An upload ends once, by completing it with the right parts or by aborting it, and its key keeps its former object.
 */
@Tag("slow")
class EndOfUploadTest {
    @TempDir
    private static Path data;

    private static TestStores stores;
    private static PartCopies copies;

    @BeforeAll
    static void start() {
        stores = TestStores.in(data);
        copies = new PartCopies(stores);
    }

    @AfterAll
    static void stop() {
        stores.close();
    }

    @Test
    void completing_needs_every_part_s_right_checksum() {
        var upload = copies.upload("proven");
        var part = copies.copy("proven", upload, 1, "bytes=0-8388607");

        var missing = refused(() -> copies.complete(
                "proven",
                upload,
                CompletedPart.builder().partNumber(1).eTag(part.eTag()).build()));
        assertThat(missing.awsErrorDetails().errorCode()).isEqualTo("InvalidRequest");

        var wrong = refused(() -> copies.complete(
                "proven",
                upload,
                completed(1, part).toBuilder()
                        .checksumSHA256(Bytes.sha256(SOURCE, 0, 1))
                        .build()));
        assertThat(wrong.awsErrorDetails().errorCode()).isEqualTo("InvalidPart");

        var notCopied = refused(() -> copies.complete("proven", upload, completed(2, part)));
        assertThat(notCopied.awsErrorDetails().errorCode()).isEqualTo("InvalidPart");

        var wholeWrong = refused(() -> copies.away.completeMultipartUpload(r -> r.bucket(AWAY_BUCKET)
                .key("proven")
                .uploadId(upload)
                .checksumSHA256(Bytes.sha256(SOURCE, 0, 1))
                .multipartUpload(m -> m.parts(completed(1, part)))));
        assertThat(wholeWrong.awsErrorDetails().errorCode()).isEqualTo("BadDigest");

        copies.complete("proven", upload, completed(1, part));
    }

    @Test
    void an_existing_object_is_not_overwritten_with_if_none_match() {
        var first = copies.upload("once");
        copies.complete("once", first, completed(1, copies.copy("once", first, 1, "bytes=0-8388607")));
        var second = copies.upload("once");
        var part = copies.copy("once", second, 1, "bytes=0-8388607");

        assertThat(refused(() -> copies.away.completeMultipartUpload(r -> r.bucket(AWAY_BUCKET)
                                .key("once")
                                .uploadId(second)
                                .ifNoneMatch("*")
                                .multipartUpload(m -> m.parts(completed(1, part)))))
                        .statusCode())
                .isEqualTo(412);
    }

    @Test
    void completing_again_repeats_the_answer() {
        var upload = copies.upload("again");
        var part = copies.copy("again", upload, 1, "bytes=0-8388607");
        var eTag = copies.complete("again", upload, completed(1, part));

        assertThat(copies.complete("again", upload, completed(1, part))).isEqualTo(eTag);
        assertThat(copies.away
                        .listMultipartUploads(r -> r.bucket(AWAY_BUCKET).prefix("again"))
                        .uploads())
                .isEmpty();
    }

    @Test
    void an_aborted_upload_is_unknown_and_its_key_keeps_its_object() {
        copies.away.putObject(r -> r.bucket(AWAY_BUCKET).key("kept"), RequestBody.fromString("kept"));
        var upload = copies.upload("kept");
        var part = copies.copy("kept", upload, 1, "bytes=0-8388607");
        copies.abort("kept", upload);

        assertThat(copies.away
                        .getObjectAsBytes(r -> r.bucket(AWAY_BUCKET).key("kept"))
                        .asUtf8String())
                .isEqualTo("kept");
        for (var call : List.<Runnable>of(
                () -> copies.abort("kept", upload),
                () -> copies.copy("kept", upload, 2, "bytes=0-8388607"),
                () -> copies.complete("kept", upload, completed(1, part)),
                () -> copies.away.listParts(
                        r -> r.bucket(AWAY_BUCKET).key("kept").uploadId(upload)))) {
            assertThatExceptionOfType(NoSuchUploadException.class).isThrownBy(call::run);
        }
        assertThat(copies.away
                        .listMultipartUploads(r -> r.bucket(AWAY_BUCKET).prefix("kept"))
                        .uploads())
                .isEmpty();
    }

    @Test
    void an_invented_upload_id_is_unknown() {
        assertThatExceptionOfType(NoSuchUploadException.class).isThrownBy(() -> copies.abort("never", "not-a-uuid"));
        assertThatExceptionOfType(NoSuchUploadException.class)
                .isThrownBy(() -> copies.copy("never", "0Lx", 1, "bytes=0-8388607"));
    }

    @Test
    void deleting_an_object_ends_no_upload_of_its_key() {
        copies.away.putObject(r -> r.bucket(AWAY_BUCKET).key("both"), RequestBody.fromString("old"));
        var upload = copies.upload("both");
        var part = copies.copy("both", upload, 1, "bytes=0-8388607");
        copies.away.deleteObject(r -> r.bucket(AWAY_BUCKET).key("both"));

        copies.complete("both", upload, completed(1, part));
        assertThat(copies.away
                        .headObject(r -> r.bucket(AWAY_BUCKET).key("both"))
                        .contentLength())
                .isEqualTo(8L * MIB);
    }
}
