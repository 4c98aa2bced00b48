package imageferry.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import imageferry.snapshot.Blob;
import imageferry.snapshot.Part;
import imageferry.snapshot.PartCopy;
import imageferry.snapshot.UploadId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The requests that the adapter sends, and its reading of the answers. */
class S3SnapshotStoreTest {
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

    @Test
    void a_part_is_copied_in_the_targets_region_from_the_pinned_source_of_the_same_account() {
        s3.answers(200, "<CopyPartResult><ETag>\"p\"</ETag><ChecksumSHA256>c2hh</ChecksumSHA256></CopyPartResult>");

        assertThat(store.copyPart(PART)).isEqualTo(new Part(2, 8, "c2hh", "\"p\""));

        var request = s3.asked().getFirst();
        assertThat(request.line())
                .isEqualTo("PUT /imageferry-111111111111-eu-west-1/snapshots/s-bbbbbbbbbbbbbbbbb"
                        + "?partNumber=2&uploadId=u-1");
        assertThat(request.header("x-amz-copy-source"))
                .isEqualTo("imageferry-111111111111-us-east-1/snapshots/s-aaaaaaaaaaaaaaaaa");
        assertThat(request.header("x-amz-copy-source-if-match")).isEqualTo("\"e\"");
        assertThat(request.header("x-amz-copy-source-range")).isEqualTo("bytes=8-15");
        assertThat(request.header("x-amz-expected-bucket-owner")).isEqualTo("111111111111");
        assertThat(request.header("x-amz-source-expected-bucket-owner")).isEqualTo("111111111111");
        assertThat(request.header("Authorization")).contains("/eu-west-1/s3/aws4_request");
    }

    @Test
    void a_whole_source_is_copied_without_a_range() {
        s3.answers(200, "<CopyPartResult><ETag>\"p\"</ETag></CopyPartResult>");

        var copied = store.copyPart(new PartCopy(SOURCE, "\"e\"", TARGET, UPLOAD, 1, 8, null));

        assertThat(copied.hasSha256()).isFalse();
        assertThat(s3.asked().getFirst().header("x-amz-copy-source-range")).isEmpty();
    }

    @Test
    void an_upload_requests_a_sha256_of_each_part_and_has_metadata() {
        s3.answers(200, "<InitiateMultipartUploadResult><UploadId>u-9</UploadId></InitiateMultipartUploadResult>");

        assertThat(store.open(TARGET, Map.of("imageferry-name", "golden"))).isEqualTo(new UploadId("u-9"));
        assertThat(s3.asked().getFirst().header("x-amz-checksum-algorithm")).isEqualTo("SHA256");
        assertThat(s3.asked().getFirst().header("x-amz-meta-imageferry-name")).isEqualTo("golden");
    }

    @Test
    void completing_sends_each_checksum_and_the_size_and_forbids_overwriting() {
        s3.answers(200, "<CompleteMultipartUploadResult/>");

        store.complete(TARGET, UPLOAD, List.of(new Part(1, 8, "c2hh", "\"p\"")), 8);

        var request = s3.asked().getFirst();
        assertThat(request.body()).contains("<ChecksumSHA256>c2hh</ChecksumSHA256>", "<PartNumber>1</PartNumber>");
        assertThat(request.header("If-None-Match")).isEqualTo("*");
        assertThat(request.header("x-amz-mp-object-size")).isEqualTo("8");
        assertThat(request.header("x-amz-expected-bucket-owner")).isEqualTo("111111111111");
    }

    @Test
    void exactly_one_range_of_the_pinned_object_of_the_same_account_is_read() {
        s3.answers(206, "abcd");

        assertThat(store.read(SOURCE, "\"e\"", 8, 4)).isEqualTo(new byte[] {'a', 'b', 'c', 'd'});

        var request = s3.asked().getFirst();
        assertThat(request.line()).isEqualTo("GET /imageferry-111111111111-us-east-1/snapshots/s-aaaaaaaaaaaaaaaaa");
        assertThat(request.header("Range")).isEqualTo("bytes=8-11");
        assertThat(request.header("If-Match")).isEqualTo("\"e\"");
        assertThat(request.header("x-amz-expected-bucket-owner")).isEqualTo("111111111111");
    }

    @Test
    void tags_are_read_from_the_object_of_the_same_account() {
        s3.answers(200, "<Tagging><TagSet><Tag><Key>team</Key><Value>platform</Value></Tag></TagSet></Tagging>");

        assertThat(store.tags(SOURCE)).containsExactly(Map.entry("team", "platform"));
        assertThat(s3.asked().getFirst().line()).endsWith("/snapshots/s-aaaaaaaaaaaaaaaaa?tagging");
        assertThat(s3.asked().getFirst().header("x-amz-expected-bucket-owner")).isEqualTo("111111111111");
    }

    @Test
    void a_tag_without_a_value_is_an_empty_one() {
        s3.answers(200, "<Tagging><TagSet><Tag><Key>team</Key></Tag></TagSet></Tagging>");

        assertThat(store.tags(SOURCE)).containsExactly(Map.entry("team", ""));
    }

    @Test
    void all_tags_of_the_object_of_the_same_account_are_replaced() {
        s3.answers(200, "");

        store.tag(SOURCE, Map.of("team", "platform & ops"));

        var request = s3.asked().getFirst();
        assertThat(request.line()).startsWith("PUT").endsWith("/snapshots/s-aaaaaaaaaaaaaaaaa?tagging");
        assertThat(request.body()).contains("<Tag><Key>team</Key><Value>platform &amp; ops</Value></Tag>");
        assertThat(request.header("x-amz-expected-bucket-owner")).isEqualTo("111111111111");
    }

    @Test
    void the_pages_of_an_objects_parts_are_read_side_by_side() {
        s3.answers(200, attributes(true, 1, "<ChecksumSHA256>YQ==</ChecksumSHA256>"));
        s3.answers(200, attributes(false, 2, "<ChecksumSHA256>Yg==</ChecksumSHA256>"));

        assertThat(store.parts(SOURCE, 1_001))
                .containsExactlyInAnyOrder(new Part(1, 8, "YQ==", ""), new Part(2, 8, "Yg==", ""));
        assertThat(s3.asked())
                .extracting(request -> request.header("x-amz-part-number-marker"))
                .containsExactlyInAnyOrder("0", "1000");
    }

    @Test
    void a_part_without_its_checksum_leaves_the_object_without_proof() {
        s3.answers(200, attributes(true, 1, "<ChecksumSHA256>YQ==</ChecksumSHA256>"));
        s3.answers(200, attributes(false, 2, ""));

        assertThat(store.parts(SOURCE, 1_001)).isEmpty();
    }

    @Test
    void a_link_needs_no_header_and_names_the_file() {
        var link = store.link(SOURCE, Duration.ofMinutes(15), "my \"disk\".raw");

        assertThat(link.getRawPath()).isEqualTo("/imageferry-111111111111-us-east-1/" + SOURCE.key());
        assertThat(link.getQuery())
                .contains("filename=\"my__disk_.raw\"", "X-Amz-Expires=900", "X-Amz-SignedHeaders=host&");
    }

    @Test
    void a_link_is_valid_for_at_most_an_hour() {
        assertThatIllegalArgumentException().isThrownBy(() -> store.link(SOURCE, Duration.ofMinutes(61), "x"));
    }

    private static String attributes(boolean more, int part, String checksum) {
        return """
               <GetObjectAttributesResponse><ObjectParts><IsTruncated>%s</IsTruncated>
               <NextPartNumberMarker>%d</NextPartNumberMarker>
               <Part><PartNumber>%d</PartNumber><Size>8</Size>%s</Part></ObjectParts></GetObjectAttributesResponse>""".formatted(more, part, part, checksum);
    }
}
