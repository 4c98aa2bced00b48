package imageferry.local.store;

import static imageferry.local.store.TestStores.HOME_BUCKET;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A value that cannot be read is the client's error, and never an internal one. */
@Tag("slow")
class MalformedRequestsTest extends OverRawS3 {
    @ParameterizedTest
    @ValueSource(strings = {"?prefix=%zz", "?%zz", "/key?X-Amz-Algorithm=%", "/key?uploadId=%4"})
    void a_query_that_cannot_be_decoded_is_an_invalid_uri(String query) throws Exception {
        var answer = raw.send("GET", "/" + HOME_BUCKET + query, "");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("InvalidURI");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "-1", "9223372036854775808", "''"})
    void a_decoded_length_that_is_not_a_size_is_an_invalid_argument(String length) throws Exception {
        var answer = put("x-amz-decoded-content-length: " + length);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("InvalidArgument");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775807", "9223372036854000000"})
    void a_decoded_length_above_any_disk_is_refused_for_lack_of_room(String length) throws Exception {
        var answer = put("x-amz-decoded-content-length: " + length);

        assertThat(answer.status()).isEqualTo(507);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/" + HOME_BUCKET + "/%zz", "no-key", "/no-key"})
    void a_copy_source_that_names_no_object_is_an_invalid_argument(String source) throws Exception {
        var answer = put("x-amz-copy-source: " + source);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("InvalidArgument");
    }

    @ParameterizedTest
    @CsvSource({
        "X-Amz-Date=19600101T000000Z&X-Amz-Expires=-9223372036854775808",
        "AWSAccessKeyId=a&Expires=9223372036854775807",
    })
    void a_link_without_a_valid_expiry_is_malformed(String query) throws Exception {
        var answer = raw.send("GET", "/" + HOME_BUCKET + "/key?" + query, "");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("AuthorizationQueryParametersError");
    }

    private static RawS3.Answer put(String header) throws Exception {
        return raw.send("PUT", "/" + HOME_BUCKET + "/key", "disk", header);
    }
}
