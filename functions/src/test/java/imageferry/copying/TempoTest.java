package imageferry.copying;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TempoTest {
    private final TestClock clock = new TestClock();
    private final Tempo tempo = new Tempo(clock);

    @Test
    void at_first_nothing_waits() {
        for (var i = 0; i < 32; i++) {
            assertThat(tempo.take().ahead()).isZero();
        }
    }

    @Test
    void after_a_push_back_starts_follow_on_one_another_at_a_distance() {
        pushedBack();
        var gap = tempo.gap();

        assertThat(gap).isPositive();
        assertThat(tempo.take().ahead()).isEqualTo(gap);
        assertThat(tempo.take().ahead()).isEqualTo(gap.multipliedBy(2));
    }

    @Test
    void those_who_were_pushed_back_together_slow_it_down_once() {
        var one = tempo.started();
        var other = tempo.started();
        tempo.ended(one, true);
        var gap = tempo.gap();
        tempo.ended(other, true);

        assertThat(tempo.gap()).isEqualTo(gap);
    }

    @Test
    void each_further_push_back_doubles_the_gap_but_not_beyond_two_seconds() {
        pushedBack();
        var gap = tempo.gap();
        pushedBack();
        assertThat(tempo.gap()).isEqualTo(gap.multipliedBy(2));
        for (var i = 0; i < 20; i++) {
            pushedBack();
        }

        assertThat(tempo.gap()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void a_place_that_was_taken_before_a_push_back_is_gone() {
        pushedBack();
        var place = tempo.take();
        assertThat(tempo.isGone(place)).isFalse();
        pushedBack();

        assertThat(tempo.isGone(place)).isTrue();
    }

    @Test
    void time_brings_the_rate_back_until_nothing_waits() {
        for (var i = 0; i < 20; i++) {
            pushedBack();
        }
        clock.advance(Duration.ofSeconds(1));
        tempo.take();
        assertThat(tempo.gap()).isBetween(Duration.ofMillis(200), Duration.ofMillis(300));
        for (var second = 0; second < 30; second++) {
            clock.advance(Duration.ofSeconds(1));
            tempo.take();
        }

        assertThat(tempo.gap()).isZero();
    }

    @Test
    void it_is_hopeless_after_push_backs_in_a_row_while_nothing_is_under_way() {
        for (var i = 0; i < 9; i++) {
            pushedBack();
        }
        assertThat(tempo.isHopeless()).isFalse();
        pushedBack();
        assertThat(tempo.isHopeless()).isTrue();
        var slow = tempo.started();
        assertThat(tempo.isHopeless()).isFalse();
        tempo.ended(slow, false);

        assertThat(tempo.isHopeless()).isFalse();
    }

    private void pushedBack() {
        tempo.ended(tempo.started(), true);
    }
}
