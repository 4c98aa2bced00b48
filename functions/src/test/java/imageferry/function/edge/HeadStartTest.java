package imageferry.function.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeadStartTest {
    /** That functions take it is shown where functions.zip is started: by SandboxTest of the bench. */
    @Test
    void a_sample_goes_to_json_and_back_unharmed() {
        assertThat(HeadStart.thereAndBack()).isEqualTo(HeadStart.SAMPLE);
    }
}
