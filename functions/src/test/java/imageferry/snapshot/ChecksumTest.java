package imageferry.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChecksumTest {
    /** sha256 of "a" and of "b", as {@code printf a | openssl dgst -sha256 -binary | base64} prints them. */
    private static final Part A = new Part(1, 1, "ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs=", "");

    private static final Part B = new Part(2, 1, "PiPoFgA5WUoziU9lZOGxNIu9egCI1CxKy3PurtWcAJ0=", "");

    @Test
    void the_composite_is_the_hash_of_the_parts_hashes() {
        assertThat(Checksum.of(List.of(A, B), 8 << 20).value())
                .isEqualTo("5aAf7hTg7VxIcU8iGA8lrYNltT+XefedxKPX6Tlj+Uo=-2");
    }

    @Test
    void a_part_without_a_hash_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Checksum.of(List.of(A, new Part(2, 1, "", "e")), 8 << 20))
                .withMessage("Part 2 has no SHA-256");
    }

    @Test
    void a_text_that_is_not_a_composite_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Checksum("5aAf7hTg", 8 << 20))
                .withMessage(
                        "\"5aAf7hTg\" is not a composite SHA-256; expected base64, a dash and the number of parts");
    }

    @Test
    void a_part_has_at_least_one_byte() {
        var value = "5aAf7hTg7VxIcU8iGA8lrYNltT+XefedxKPX6Tlj+Uo=-2";

        assertThat(new Checksum(value, 1).partSizeBytes()).isEqualTo(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Checksum(value, 0))
                .withMessage("A part has at least 1 byte, not 0");
    }
}
