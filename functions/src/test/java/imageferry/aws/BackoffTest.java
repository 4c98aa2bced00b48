package imageferry.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageferry.aws.Backoff.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class BackoffTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final List<Duration> pauses = new ArrayList<>();

    private Backoff backoff(Limits limits, RandomGenerator random) {
        return new Backoff(
                limits,
                () -> Instant.EPOCH.plus(pauses.stream().reduce(Duration.ZERO, Duration::plus)),
                pauses::add,
                random);
    }

    private static RandomGenerator longest() {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new AssertionError("Only bounded chance is asked for");
            }

            @Override
            public long nextLong(long bound) {
                return bound - 1;
            }
        };
    }

    @Test
    void pauses_double_up_to_the_longest() {
        var tries = backoff(new Limits(6, SECOND, SECOND.multipliedBy(5), SECOND.multipliedBy(99)), longest())
                .begin();

        while (tries.again()) {
            assertThat(tries.made()).isEqualTo(pauses.size() + 1);
        }

        assertThat(pauses.stream().map(Duration::toSeconds)).containsExactly(1L, 2L, 4L, 5L, 5L);
    }

    @Test
    void no_pause_ends_after_the_time_is_up() {
        var tries = backoff(new Limits(99, SECOND, SECOND, SECOND.multipliedBy(3)), longest())
                .begin();

        while (tries.again()) {
            assertThat(tries.made()).isLessThan(99);
        }

        assertThat(pauses).hasSize(3);
    }

    @Test
    void a_pause_has_a_random_length_up_to_its_limit() {
        var random = new SplittableRandom(1);
        for (var call = 0; call < 200; call++) {
            backoff(new Limits(2, SECOND, SECOND, SECOND.multipliedBy(9_999)), random)
                    .begin()
                    .again();
        }

        assertThat(pauses).allMatch(pause -> pause.compareTo(SECOND) <= 0);
        assertThat(pauses).anyMatch(pause -> pause.toMillis() < 100).anyMatch(pause -> pause.toMillis() > 900);
    }

    @Test
    void an_interrupted_pause_gives_up_and_keeps_the_interrupt() {
        var backoff = new Backoff(
                Limits.FIFTEEN_SECONDS,
                () -> Instant.EPOCH,
                pause -> {
                    throw new InterruptedException();
                },
                new SplittableRandom(1));

        assertThat(backoff.begin().again()).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void a_call_is_tried_at_least_once() {
        assertThatThrownBy(() -> new Limits(0, SECOND, SECOND, SECOND))
                .hasMessage("A call needs at least 1 try, not 0");
    }
}
