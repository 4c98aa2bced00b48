package imageferry.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import imageferry.region.Region;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Part;
import imageferry.snapshot.PartCopy;
import imageferry.snapshot.StoreRefused;
import imageferry.snapshot.StoreUnavailable;
import imageferry.snapshot.UnreadableObject;
import imageferry.snapshot.UploadId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The meaning of S3's answers, and which calls are repeated. */
@Tag("slow")
class S3ErrorsTest {
    private static final Blob SOURCE = new Blob(ScriptedS3.HOME, "snapshots/s-aaaaaaaaaaaaaaaaa");
    private static final Blob TARGET = new Blob(ScriptedS3.FAR, "snapshots/s-bbbbbbbbbbbbbbbbb");
    private static final UploadId UPLOAD = new UploadId("u-1");
    private static final PartCopy PART =
            new PartCopy(SOURCE, "\"e\"", TARGET, UPLOAD, 2, 8, new PartCopy.ByteRange(8, 15));

    private ScriptedS3 s3;
    private S3SnapshotStore store;

    @BeforeEach
    void serve() throws IOException {
        s3 = new ScriptedS3();
        store = s3.store();
    }

    @AfterEach
    void stop() {
        s3.close();
    }

    @ParameterizedTest
    @CsvSource({
        "503, SlowDown, StoreUnavailable",
        "500, InternalError, StoreUnavailable",
        "429, TooManyRequests, StoreUnavailable",
        "400, RequestTimeout, StoreUnavailable",
        "200, InternalError, StoreUnavailable",
        "200, SlowDown, StoreUnavailable",
        "412, PreconditionFailed, SourceChanged",
        "404, NoSuchKey, SourceChanged",
        "404, NoSuchUpload, UploadGone",
        "404, NoSuchBucket, StoreRefused",
        "403, AccessDenied, StoreRefused",
        "400, InvalidRequest, StoreRefused",
    })
    void the_error_of_a_copied_part_is_translated_and_the_client_does_not_retry(
            int status, String code, String meaning) {
        s3.fails(status, code);

        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> store.copyPart(PART))
                .satisfies(e -> assertThat(e.getClass().getSimpleName()).isEqualTo(meaning))
                .withMessageContaining("part 2 of snapshots/s-bbbbbbbbbbbbbbbbb in eu-west-1")
                .withMessageNotContaining("arn:");
        assertThat(s3.asked()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "200, InternalError, StoreUnavailable",
        "404, NoSuchUpload, UploadGone",
        "412, PreconditionFailed, UploadGone",
        "409, ConditionalRequestConflict, UploadGone",
        "400, InvalidPart, StoreRefused",
    })
    void the_error_of_a_completion_is_translated_and_the_client_does_not_retry(
            int status, String code, String meaning) {
        s3.fails(status, code);

        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> store.complete(TARGET, UPLOAD, List.of(new Part(1, 8, "c2hh", "\"p\"")), 8))
                .satisfies(e -> assertThat(e.getClass().getSimpleName()).isEqualTo(meaning));
        assertThat(s3.asked()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "412, PreconditionFailed, SourceChanged",
        "404, NoSuchKey, SourceChanged",
        "403, InvalidObjectState, StoreRefused",
        "403, AccessDenied, StoreRefused",
    })
    void the_error_of_an_unreadable_object_is_translated(int status, String code, String meaning) {
        s3.fails(status, code);

        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> store.read(SOURCE, "e", 0, 8))
                .satisfies(e -> assertThat(e.getClass().getSimpleName()).isEqualTo(meaning))
                .withMessageContaining("to read " + SOURCE)
                .withMessageNotContaining("arn:");
    }

    @Test
    void a_read_is_tried_three_times() {
        s3.fails(503, "SlowDown");
        s3.fails(503, "SlowDown");
        s3.fails(503, "SlowDown");

        assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(() -> store.uploadedParts(TARGET, UPLOAD, 1, 10));
        assertThat(s3.asked()).hasSize(3);
    }

    @Test
    void an_abort_is_repeated_until_nothing_is_left() {
        s3.answers(204, "");
        s3.answers(200, "<ListPartsResult><Part><PartNumber>1</PartNumber><Size>8</Size></Part></ListPartsResult>");
        s3.fails(404, "NoSuchUpload");
        s3.fails(404, "NoSuchUpload");
        s3.fails(404, "NoSuchUpload");
        s3.answers(200, "<ListPartsResult/>");

        store.abort(TARGET, UPLOAD);

        assertThat(s3.asked())
                .extracting(ScriptedS3.Asked::method)
                .containsExactly("DELETE", "GET", "DELETE", "GET", "DELETE", "GET");
    }

    /** S3 answers 403 to a caller without kms:Decrypt while parts are left, and NoSuchUpload once the upload is gone. */
    @Test
    void a_refusal_to_list_parts_does_not_show_that_none_are_left() {
        s3.answers(204, "");
        s3.fails(403, "AccessDenied");
        for (var round = 0; round < 2; round++) {
            s3.fails(404, "NoSuchUpload");
            s3.fails(404, "NoSuchUpload");
        }

        store.abort(TARGET, UPLOAD);

        assertThat(s3.asked())
                .extracting(ScriptedS3.Asked::method)
                .containsExactly("DELETE", "GET", "DELETE", "GET", "DELETE", "GET");
    }

    @Test
    void an_absent_object_is_not_an_error_and_a_forbidden_one_is() {
        s3.answers(404, "");
        s3.answers(403, "");

        assertThat(store.look(SOURCE)).isEmpty();
        assertThatExceptionOfType(StoreRefused.class).isThrownBy(() -> store.look(SOURCE));
    }

    /**
     * S3's answer to a request without the customer's key (SSE-C) for an object under such a key. A HEAD's answer has
     * no body.
     */
    @Test
    void an_object_under_the_uploader_s_key_cannot_be_read() {
        s3.answers(400, "");
        s3.fails(400, "InvalidRequest");

        assertThatExceptionOfType(UnreadableObject.class).isThrownBy(() -> store.look(SOURCE));
        assertThat(s3.asked()).extracting(ScriptedS3.Asked::method).containsExactly("HEAD", "GET");
    }

    @Test
    void a_read_with_an_expired_token_may_be_repeated() {
        s3.answers(400, "");
        for (var call = 0; call < 3; call++) {
            s3.fails(400, "ExpiredToken");
        }

        assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(() -> store.look(SOURCE));
    }

    @Test
    void a_read_after_a_transient_fault_may_be_repeated() {
        s3.answers(400, "");
        s3.answers(206, "x");

        assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(() -> store.look(SOURCE));
    }

    @Test
    void an_absent_object_has_no_tags_and_gets_none() {
        s3.fails(404, "NoSuchKey");
        s3.fails(404, "NoSuchKey");

        assertThat(store.tags(SOURCE)).isEmpty();
        store.tag(SOURCE, Map.of("team", "platform"));
    }

    @Test
    void a_bucket_removed_with_its_region_counts_as_empty() {
        for (var call = 0; call < 4; call++) {
            s3.fails(404, "NoSuchBucket");
        }

        assertThat(store.uploads(TARGET.region(), TARGET.key())).isEmpty();
        assertThat(store.list(TARGET.region(), TARGET.key())).isEmpty();
        store.abort(TARGET, UPLOAD);
        store.delete(TARGET);

        assertThat(s3.asked()).hasSize(4);
    }

    @Test
    void an_object_that_changed_or_is_gone_or_cannot_be_compared_is_not_deleted() {
        s3.fails(412, "PreconditionFailed");
        s3.fails(409, "ConditionalRequestConflict");
        s3.fails(404, "NoSuchKey");
        s3.fails(501, "NotImplemented");

        for (var call = 0; call < 4; call++) {
            store.deleteUnchanged(SOURCE, "\"e\"");
        }

        assertThat(s3.asked())
                .hasSize(4)
                .allSatisfy(asked -> assertThat(asked.header("If-Match")).isEqualTo("\"e\""));
    }

    @Test
    void a_disabled_region_is_still_served() {
        s3.answers(200, "<ListBucketResult/>");

        assertThat(store.list(new Region("ap-south-1"), "snapshots/")).isEmpty();

        assertThat(s3.asked()).hasSize(1);
    }
}
