package imageferry.local.store;

import static imageferry.local.store.Bytes.MIB;
import static imageferry.local.store.PartCopies.SOURCE;
import static imageferry.local.store.PartCopies.completed;
import static imageferry.local.store.PartCopies.refused;
import static imageferry.local.store.TestStores.AWAY_BUCKET;
import static imageferry.local.store.TestStores.HOME_BUCKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectAttributes;

/** Copying an object in parts to another region's bucket is checked as S3 checks it. */
@Tag("slow")
class PartCopyTest {
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
    void each_copied_part_has_its_sha_256_and_the_object_their_composite() {
        var upload = copies.upload("copied");
        var first = copies.copy("copied", upload, 1, "bytes=0-8388607");
        var second = copies.copy("copied", upload, 2, "bytes=8388608-12582911");

        assertThat(first.checksumSHA256()).isEqualTo(Bytes.sha256(SOURCE, 0, 8 * MIB));
        assertThat(copies.away
                        .listParts(r -> r.bucket(AWAY_BUCKET).key("copied").uploadId(upload))
                        .parts())
                .extracting(part -> part.checksumSHA256())
                .containsExactly(first.checksumSHA256(), second.checksumSHA256());

        var completed = copies.away.completeMultipartUpload(r -> r.bucket(AWAY_BUCKET)
                .key("copied")
                .uploadId(upload)
                .ifNoneMatch("*")
                .multipartUpload(m -> m.parts(completed(1, first), completed(2, second))));
        assertThat(completed.checksumSHA256()).isEqualTo(Bytes.composite(SOURCE, 8 * MIB));

        var attributes = copies.away.getObjectAttributes(r -> r.bucket(AWAY_BUCKET)
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
        assertThat(copies.away
                        .headObject(r -> r.bucket(AWAY_BUCKET).key("copied").checksumMode(ChecksumMode.ENABLED))
                        .checksumSHA256())
                .isEqualTo(Bytes.composite(SOURCE, 8 * MIB));
        assertThat(copies.away
                        .getObjectAsBytes(r -> r.bucket(AWAY_BUCKET).key("copied"))
                        .asByteArray())
                .isEqualTo(SOURCE);
    }

    @Test
    void the_parts_of_an_object_are_listed_in_pages() {
        var upload = copies.upload("paged");
        var first = copies.copy("paged", upload, 1, "bytes=0-8388607");
        var second = copies.copy("paged", upload, 2, "bytes=8388608-12582911");
        copies.complete("paged", upload, completed(1, first), completed(2, second));

        var page = copies.away
                .getObjectAttributes(r ->
                        r.bucket(AWAY_BUCKET).key("paged").maxParts(1).objectAttributes(ObjectAttributes.OBJECT_PARTS))
                .objectParts();
        assertThat(page.isTruncated()).isTrue();
        assertThat(page.nextPartNumberMarker()).isEqualTo(1);
        assertThat(page.parts()).extracting(part -> part.partNumber()).containsExactly(1);

        var rest = copies.away
                .getObjectAttributes(r -> r.bucket(AWAY_BUCKET)
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
        var upload = copies.upload("twice");
        copies.copy("twice", upload, 1, "bytes=0-8388607");
        var again = copies.copy("twice", upload, 1, "bytes=1-8388608");
        copies.complete("twice", upload, completed(1, again));

        assertThat(copies.away
                        .getObjectAsBytes(r -> r.bucket(AWAY_BUCKET).key("twice"))
                        .asByteArray())
                .isEqualTo(Arrays.copyOfRange(SOURCE, 1, 8 * MIB + 1));
    }

    @Test
    void a_source_of_five_mebibytes_is_only_copied_as_a_whole() {
        var small = Bytes.random(5 * MIB, 2);
        copies.home.putObject(r -> r.bucket(HOME_BUCKET).key("small"), RequestBody.fromBytes(small));
        var upload = copies.upload("of small");

        var refused = refused(() -> copies.away.uploadPartCopy(
                copies.part("of small", upload, 1, r -> r.sourceKey("small").copySourceRange("bytes=0-5242879"))));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("InvalidRequest");

        var whole = copies.away
                .uploadPartCopy(copies.part("of small", upload, 1, r -> r.sourceKey("small")))
                .copyPartResult();
        assertThat(whole.checksumSHA256()).isEqualTo(Bytes.sha256(small, 0, small.length));
    }

    @Test
    void a_range_past_the_end_of_its_source_is_refused() {
        var upload = copies.upload("past");

        var refused = refused(() -> copies.copy("past", upload, 1, "bytes=8388608-12582912"));
        assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("InvalidArgument");
        assertThat(refused.awsErrorDetails().errorMessage())
                .isEqualTo("Range specified is not valid for source object of size: 12582912");
    }

    @Test
    void a_source_that_has_changed_is_refused() {
        var upload = copies.upload("changed");

        assertThat(refused(() -> copies.away.uploadPartCopy(
                                copies.part("changed", upload, 1, r -> r.copySourceIfMatch("\"another\""))))
                        .statusCode())
                .isEqualTo(412);
        copies.away.uploadPartCopy(copies.part(
                "changed",
                upload,
                1,
                r -> r.copySourceIfMatch(copies.sourceETag)
                        .expectedBucketOwner("111111111111")
                        .expectedSourceBucketOwner("111111111111")));
    }

    @Test
    void a_missing_source_is_refused() {
        var upload = copies.upload("of nothing");

        assertThatExceptionOfType(NoSuchKeyException.class)
                .isThrownBy(() ->
                        copies.away.uploadPartCopy(copies.part("of nothing", upload, 1, r -> r.sourceKey("nothing"))));
    }
}
