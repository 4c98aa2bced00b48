package imageferry.local.store;

import static imageferry.local.store.TestStores.HOME;
import static imageferry.local.store.TestStores.HOME_BUCKET;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.model.MetadataDirective;

/**
 * User metadata are stored and returned as S3's user guide ("Working with object metadata") says, for every kind of
 * upload.
 */
@Tag("slow")
class MetadataOfUploadsTest extends OverRawS3 {
    private static final String KEY = "imports/222222222222/disk.img";
    private static final String PATH = "/" + HOME_BUCKET + "/" + KEY;

    @Test
    void keys_become_lower_case() throws Exception {
        put("X-Amz-Meta-Imageferry-Name: golden", "X-AMZ-META-TEAM: Platform");

        assertThat(head().metadata())
                .isEqualTo(Map.of("x-amz-meta-imageferry-name", "golden", "x-amz-meta-team", "Platform"));
    }

    @Test
    void keys_become_lower_case_also_for_an_upload_in_parts() throws Exception {
        uploadInParts(KEY, "X-Amz-Meta-Imageferry-Name: golden");

        assertThat(head().metadata()).isEqualTo(Map.of("x-amz-meta-imageferry-name", "golden"));
    }

    /** The second row is the user guide's own example. S3 reads the bytes of a header as ISO 8859-1. */
    @ParameterizedTest
    @CsvSource({
        "AMAZONS3, AMAZONS3",
        "ÄMÄZÕÑ S3, =?UTF-8?B?w4PChE3Dg8KEWsODwpXDg8KRIFMz?=",
        "=?UTF-8?B?R3LDvMOfZQ==?=, =?UTF-8?B?R3LDvMOfZQ==?=",
        "=?UTF-8?Q?Gr=C3=BC=C3=9Fe?=, =?UTF-8?B?R3LDvMOfZQ==?=",
        "=?ISO-8859-1?Q?Gr=FC=DFe?=, =?UTF-8?B?R3LDvMOfZQ==?=",
        "=?UTF-8?Q?plain?=, plain",
        "=?UTF-8?B?broken, =?UTF-8?B?broken",
    })
    void values_beyond_ascii_are_returned_as_encoded_words(String sent, String handedOut) throws Exception {
        put("x-amz-meta-note: " + sent);

        assertThat(head().metadata()).isEqualTo(Map.of("x-amz-meta-note", handedOut));
    }

    @Test
    void an_empty_value_is_kept_and_values_of_one_name_are_joined() throws Exception {
        put("x-amz-meta-empty:", "x-amz-meta-list: a", "X-Amz-Meta-List: b");

        assertThat(head().metadata()).isEqualTo(Map.of("x-amz-meta-empty", "", "x-amz-meta-list", "a,b"));
    }

    @Test
    void more_than_2_kb_are_refused() throws Exception {
        assertThat(put("x-amz-meta-a: " + "b".repeat(2047)).status()).isEqualTo(200);

        var refused = raw.send("PUT", PATH, "disk", "x-amz-meta-ab: " + "b".repeat(2047));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("MetadataTooLarge");
    }

    @Test
    void a_copy_has_the_metadata_of_its_source_or_of_the_request() throws Exception {
        put("x-amz-meta-note: of the source");
        var copied = PATH + ".copy";

        raw.send("PUT", copied, "", "x-amz-copy-source: " + PATH, "X-Amz-Meta-Note: ignored");
        assertThat(raw.send("HEAD", copied, "").metadata()).isEqualTo(Map.of("x-amz-meta-note", "of the source"));

        raw.send(
                "PUT",
                copied,
                "",
                "x-amz-copy-source: " + PATH,
                "x-amz-metadata-directive: REPLACE",
                "X-Amz-Meta-Note: Grüße");
        assertThat(raw.send("HEAD", copied, "").metadata())
                .isEqualTo(Map.of("x-amz-meta-note", "=?UTF-8?B?R3LDg8K8w4PCn2U=?="));
    }

    @Test
    void an_object_copied_onto_itself_with_other_metadata_has_them_and_is_announced() throws Exception {
        put("x-amz-meta-old: 1");
        stores.created.clear();

        try (var s3 = stores.s3(HOME)) {
            s3.copyObject(r -> r.sourceBucket(HOME_BUCKET)
                    .sourceKey(KEY)
                    .destinationBucket(HOME_BUCKET)
                    .destinationKey(KEY)
                    .metadataDirective(MetadataDirective.REPLACE)
                    .metadata(Map.of("imageferry-name", "golden")));
        }

        assertThat(head().metadata()).isEqualTo(Map.of("x-amz-meta-imageferry-name", "golden"));
        assertThat(stores.created).extracting(CreatedObject::key).containsExactly(KEY);
    }

    @Test
    void an_object_that_is_copied_onto_itself_without_a_change_is_refused() throws Exception {
        put("x-amz-meta-old: 1");

        var refused = raw.send("PUT", PATH, "", "x-amz-copy-source: " + PATH);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("InvalidRequest");
    }

    /** As the SDK for JavaScript signs links. */
    @Test
    void a_link_carries_metadata_in_its_query() throws Exception {
        var link = PATH
                + "?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKID%2F20260101%2Fus-east-1%2Fs3%2Faws4_request"
                + "&x-amz-meta-Imageferry-Name=golden&x-amz-tagging=a%3Db%2520c";

        assertThat(raw.send("PUT", link, "disk").status()).isEqualTo(200);

        assertThat(head().metadata()).isEqualTo(Map.of("x-amz-meta-imageferry-name", "golden"));
        assertThat(raw.send("GET", PATH + "?tagging", "").body()).contains("<Key>a</Key><Value>b c</Value>");
    }

    private static RawS3.Answer put(String... headers) throws Exception {
        return raw.send("PUT", PATH, "disk", headers);
    }

    private static RawS3.Answer head() throws Exception {
        return raw.send("HEAD", PATH, "");
    }
}
