package imageferry.function.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeadStartTest {
    /** The bench's SandboxTest, which starts functions.zip, shows that functions use it. */
    @Test
    void a_sample_goes_to_json_and_back_unharmed() {
        assertThat(HeadStart.thereAndBack()).isEqualTo(HeadStart.SAMPLE);
    }
}
