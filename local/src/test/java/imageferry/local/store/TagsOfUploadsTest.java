package imageferry.local.store;

import static imageferry.local.store.TestStores.HOME;
import static imageferry.local.store.TestStores.HOME_BUCKET;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The header x-amz-tagging is a URL's query, and invalid tags are refused with S3's code. */
@Tag("slow")
class TagsOfUploadsTest extends OverRawS3 {
    private static final String KEY = "imports/222222222222/disk.img";
    private static final String PATH = "/" + HOME_BUCKET + "/" + KEY;

    @Test
    void names_and_values_are_decoded() throws Exception {
        put("imageferry-name=tagged&imageferry-description=a%20b%2Fc+d&team=Gr%C3%BC%C3%9Fe&e=&flag");

        assertThat(tags(KEY))
                .isEqualTo(Map.of(
                        "imageferry-name", "tagged",
                        "imageferry-description", "a b/c d",
                        "team", "Grüße",
                        "e", "",
                        "flag", ""));
    }

    @Test
    void names_and_values_are_also_decoded_for_an_upload_in_parts_and_a_copy() throws Exception {
        uploadInParts(KEY, "x-amz-tagging: a=b%20c");
        assertThat(tags(KEY)).isEqualTo(Map.of("a", "b c"));

        raw.send("PUT", PATH + ".copy", "", "x-amz-copy-source: " + PATH, "x-amz-tagging: c=d");
        assertThat(tags(KEY + ".copy")).as("without a directive").isEqualTo(Map.of("a", "b c"));

        raw.send(
                "PUT",
                PATH + ".copy",
                "",
                "x-amz-copy-source: " + PATH,
                "x-amz-tagging-directive: REPLACE",
                "x-amz-tagging: c=d%2F");
        assertThat(tags(KEY + ".copy")).isEqualTo(Map.of("c", "d/"));
    }

    @ParameterizedTest
    @CsvSource({
        "a=%zz, InvalidArgument",
        "a=b&a=c, InvalidArgument",
        "=b, InvalidTag",
        "a=b?, InvalidTag",
        "aws:a=b, InvalidTag",
    })
    void an_invalid_query_or_tag_is_refused(String header, String code) throws Exception {
        var refused = put(header);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo(code);
    }

    @Test
    void at_most_ten_tags_with_keys_of_128_and_values_of_256_characters_are_accepted() throws Exception {
        assertThat(put(some(10)).status()).isEqualTo(200);
        assertThat(put("k".repeat(128) + "=" + "v".repeat(256)).status()).isEqualTo(200);

        assertThat(put(some(11)).code()).isEqualTo("BadRequest");
        assertThat(put("k".repeat(129) + "=v").code()).isEqualTo("InvalidTag");
        assertThat(put("k=" + "v".repeat(257)).code()).isEqualTo("InvalidTag");
        assertThat(tags(KEY)).as("the refused request changed nothing").containsOnlyKeys("k".repeat(128));
    }

    @Test
    void tags_that_are_put_later_have_the_same_limits() throws Exception {
        put("a=b");

        assertThat(raw.send("PUT", PATH + "?tagging", xml(11), "Content-Type: application/xml")
                        .code())
                .isEqualTo("BadRequest");
        assertThat(raw.send("PUT", PATH + "?tagging", xml(10), "Content-Type: application/xml")
                        .status())
                .isEqualTo(200);
        assertThat(tags(KEY)).hasSize(10);
    }

    private static String some(int count) {
        return IntStream.range(0, count).mapToObj(n -> "k" + n + "=v").collect(Collectors.joining("&"));
    }

    private static String xml(int count) {
        return "<Tagging><TagSet>"
                + IntStream.range(0, count)
                        .mapToObj(n -> "<Tag><Key>k" + n + "</Key><Value>v</Value></Tag>")
                        .collect(Collectors.joining())
                + "</TagSet></Tagging>";
    }

    private static RawS3.Answer put(String tagging) throws Exception {
        return raw.send("PUT", PATH, "disk", "x-amz-tagging: " + tagging);
    }

    private static Map<String, String> tags(String key) {
        try (var s3 = stores.s3(HOME)) {
            return s3.getObjectTagging(r -> r.bucket(HOME_BUCKET).key(key)).tagSet().stream()
                    .collect(Collectors.toMap(tag -> tag.key(), tag -> tag.value()));
        }
    }
}
