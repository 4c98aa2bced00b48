package imageferry.function.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeadStartTest {
    /** The bench's SandboxTest, which starts functions.zip, shows that functions use it. */
    @Test
    void a_sample_survives_conversion_to_json_and_back() {
        assertThat(HeadStart.thereAndBack()).isEqualTo(HeadStart.SAMPLE);
    }
}
