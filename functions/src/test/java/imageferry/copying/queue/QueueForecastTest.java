package imageferry.copying.queue;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.copying.Throughput;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Slots serve the queue in order, each at 10 bytes a second. */
class QueueForecastTest {
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");

    @Test
    void with_a_free_slot_the_next_begins_now() {
        assertThat(starts(2, List.of(1_000L), 500)).containsExactly(0L);
    }

    @Test
    void with_all_slots_in_use_the_next_begins_when_the_first_is_freed() {
        assertThat(starts(2, List.of(300L, 100L), 50)).containsExactly(10L);
    }

    @Test
    void a_copy_behind_others_begins_after_their_turns() {
        assertThat(starts(2, List.of(300L, 100L), 50, 50, 500, 10)).containsExactly(10L, 15L, 20L, 30L);
    }

    @Test
    void a_lowered_limit_takes_the_slots_that_are_free_first() {
        assertThat(starts(1, List.of(100L, 200L, 300L), 50, 50)).containsExactly(30L, 35L);
    }

    @Test
    void a_copy_with_all_bytes_delays_no_other() {
        assertThat(starts(1, List.of(0L), 50, 50)).containsExactly(0L, 5L);
    }

    @Test
    void a_start_more_than_a_year_away_is_not_estimated() {
        var year = Duration.ofDays(365).toSeconds();
        var forecast = new QueueForecast(1, List.of(10 * year), Throughput.of(10, Duration.ofSeconds(1)), NOW);

        assertThat(forecast.next(10)).contains(NOW.plusSeconds(year));
        assertThat(forecast.next(10)).isEmpty();
    }

    /** The seconds until each of the waiting copies begins. */
    private static List<Long> starts(long slots, List<Long> bytesLeft, long... waiting) {
        var forecast = new QueueForecast(slots, bytesLeft, Throughput.of(10, Duration.ofSeconds(1)), NOW);
        return Stream.of(waiting)
                .flatMapToLong(Arrays::stream)
                .mapToObj(forecast::next)
                .map(Optional::orElseThrow)
                .map(start -> Duration.between(NOW, start).toSeconds())
                .toList();
    }
}
