package imageferry.copying;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LanesTest {
    private final Lanes lanes = new Lanes(8);

    @Test
    void those_who_were_pushed_back_together_halve_the_width_once() throws InterruptedException {
        var first = lanes.enter();
        var second = lanes.enter();
        lanes.leave(first, true);
        lanes.leave(second, true);

        assertThat(lanes.width()).isEqualTo(4);
    }

    @Test
    void pushed_back_again_it_halves_again_but_never_to_nothing() throws InterruptedException {
        for (var i = 0; i < 9; i++) {
            lanes.leave(lanes.enter(), true);
        }

        assertThat(lanes.width()).isEqualTo(1);
    }

    @Test
    void a_calm_round_brings_one_lane_back() throws InterruptedException {
        lanes.leave(lanes.enter(), true);
        calm(4);
        assertThat(lanes.width()).isEqualTo(5);
        calm(4);
        assertThat(lanes.width()).isEqualTo(5);
        calm(1);
        assertThat(lanes.width()).isEqualTo(6);
    }

    @Test
    void it_never_grows_beyond_its_first_width() throws InterruptedException {
        calm(100);

        assertThat(lanes.width()).isEqualTo(8);
    }

    private void calm(int calls) throws InterruptedException {
        for (var i = 0; i < calls; i++) {
            lanes.leave(lanes.enter(), false);
        }
    }
}
