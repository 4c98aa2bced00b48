package imageferry.copying.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.copying.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
    private final TestClock clock = new TestClock();
    private final RateLimiter limiter = new RateLimiter(clock);

    @Test
    void at_first_nothing_waits() {
        for (var i = 0; i < 32; i++) {
            assertThat(limiter.take().ahead()).isZero();
        }
    }

    @Test
    void after_a_push_back_there_is_a_gap_between_starts() {
        pushedBack();
        var gap = limiter.gap();

        assertThat(gap).isPositive();
        assertThat(limiter.take().ahead()).isEqualTo(gap);
        assertThat(limiter.take().ahead()).isEqualTo(gap.multipliedBy(2));
    }

    @Test
    void simultaneous_push_backs_slow_it_down_once() {
        var one = limiter.started();
        var other = limiter.started();
        limiter.ended(one, true);
        var gap = limiter.gap();
        limiter.ended(other, true);

        assertThat(limiter.gap()).isEqualTo(gap);
    }

    @Test
    void each_further_push_back_doubles_the_gap_but_not_beyond_two_seconds() {
        pushedBack();
        var gap = limiter.gap();
        pushedBack();
        assertThat(limiter.gap()).isEqualTo(gap.multipliedBy(2));
        for (var i = 0; i < 20; i++) {
            pushedBack();
        }

        assertThat(limiter.gap()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void a_reservation_made_before_a_push_back_is_void() {
        pushedBack();
        var place = limiter.take();
        assertThat(limiter.isGone(place)).isFalse();
        pushedBack();

        assertThat(limiter.isGone(place)).isTrue();
    }

    @Test
    void the_rate_recovers_over_time_until_nothing_waits() {
        for (var i = 0; i < 20; i++) {
            pushedBack();
        }
        clock.advance(Duration.ofSeconds(1));
        limiter.take();
        assertThat(limiter.gap()).isBetween(Duration.ofMillis(200), Duration.ofMillis(300));
        for (var second = 0; second < 30; second++) {
            clock.advance(Duration.ofSeconds(1));
            limiter.take();
        }

        assertThat(limiter.gap()).isZero();
    }

    @Test
    void a_push_back_at_a_high_rate_halves_it() {
        pushedBack();
        for (var second = 0; second < 6; second++) {
            clock.advance(Duration.ofSeconds(1));
            limiter.take();
        }
        var gap = limiter.gap();
        assertThat(gap).isLessThan(Duration.ofMillis(20));
        pushedBack();

        assertThat(limiter.gap()).isCloseTo(gap.multipliedBy(2), Duration.ofNanos(2));
    }

    @Test
    void it_is_hopeless_after_ten_seconds_of_push_backs_with_nothing_in_progress() {
        for (var second = 0; second < 10; second++) {
            pushedBack();
            assertThat(limiter.isHopeless()).isFalse();
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(limiter.isHopeless()).isTrue();
        var slow = limiter.started();
        assertThat(limiter.isHopeless()).isFalse();
        limiter.ended(slow, false);

        assertThat(limiter.isHopeless()).isFalse();
    }

    @Test
    void a_success_extends_it_by_ten_seconds() {
        pushedBack();
        clock.advance(Duration.ofSeconds(9));
        limiter.ended(limiter.started(), false);
        pushedBack();
        clock.advance(Duration.ofSeconds(9));
        pushedBack();

        assertThat(limiter.isHopeless()).isFalse();
    }

    @Test
    void a_reservation_has_the_gap_to_the_next_so_that_jitter_keeps_the_order() {
        pushedBack();

        assertThat(limiter.take().gap()).isEqualTo(limiter.gap());
    }

    @Test
    void a_clock_that_is_set_back_causes_no_long_wait() {
        limiter.take();
        clock.advance(Duration.ofHours(-1));
        assertThat(limiter.take().ahead()).isZero();

        pushedBack();
        clock.advance(Duration.ofHours(-1));
        assertThat(limiter.take().ahead()).isLessThan(Duration.ofSeconds(1));
        clock.advance(Duration.ofSeconds(10));
        assertThat(limiter.isHopeless()).isTrue();
    }

    private void pushedBack() {
        limiter.ended(limiter.started(), true);
    }
}
