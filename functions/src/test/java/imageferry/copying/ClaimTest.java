package imageferry.copying;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

/** A checksum is claimed as the composite of an image, or as the SHA-256 of a file in hex or base64. */
class ClaimTest {
    /** The SHA-256 of "a", as {@code printf a | openssl dgst -sha256} prints it. */
    private static final String HEX = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb";

    private static final String BASE64 = "ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs=";
    private static final String COMPOSITE = BASE64 + "-2";

    private static Claim claim(String checksum) {
        return new Claim(null, checksum);
    }

    @Test
    void the_three_notations_are_checksums_and_no_other_text_is() {
        assertThat(Claim.isChecksum(HEX)).isTrue();
        assertThat(Claim.isChecksum(BASE64)).isTrue();
        assertThat(Claim.isChecksum(COMPOSITE)).isTrue();
        assertThat(Claim.isChecksum(HEX.substring(1))).isFalse();
        assertThat(Claim.isChecksum(BASE64 + "=")).isFalse();
    }

    @Test
    void a_composite_is_not_a_checksum_of_the_whole_file() {
        assertThat(claim(COMPOSITE).composite()).contains(COMPOSITE);
        assertThat(claim(COMPOSITE).wholeSha256()).isEmpty();
        assertThat(Claim.NONE.composite()).isEmpty();
        assertThat(Claim.NONE.wholeSha256()).isEmpty();
    }

    @Test
    void a_plain_checksum_is_compared_in_base64_whatever_its_notation() {
        assertThat(claim(HEX).wholeSha256()).contains(BASE64);
        assertThat(claim(HEX.toUpperCase(Locale.ROOT)).wholeSha256()).contains(BASE64);
        assertThat(claim(BASE64).wholeSha256()).contains(BASE64);
        assertThat(claim(BASE64).composite()).isEmpty();
    }

    @Test
    void another_checksum_is_shown_in_the_notation_of_the_claim() {
        assertThat(claim(HEX).alike(BASE64)).isEqualTo(HEX);
        assertThat(claim(HEX.toUpperCase(Locale.ROOT)).alike(BASE64)).isEqualTo(HEX.toUpperCase(Locale.ROOT));
        assertThat(claim(BASE64).alike(BASE64)).isEqualTo(BASE64);
        assertThat(Claim.NONE.alike(BASE64)).isEqualTo(BASE64);
    }
}
