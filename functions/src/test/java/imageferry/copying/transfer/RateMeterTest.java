package imageferry.copying.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.copying.Throughput;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateMeterTest {
    private static final long PART = 8_000_000;

    private final RateMeter meter = new RateMeter(null);

    @Test
    void parts_in_progress_move_as_fast_as_arrived_parts() {
        began(4);
        meter.arrived(PartOrigin.SOURCE, PART, Duration.ofSeconds(2));

        assertThat(meter.bytesPerSecond(0)).isEqualTo(4 * PART / 2);
    }

    @Test
    void before_any_arrival_it_is_the_remembered_rate_of_the_route() {
        began(3);

        assertThat(meter.bytesPerSecond(0)).isZero();
        assertThat(meter.bytesPerSecond(500)).isEqualTo(1_500);
        assertThat(meter.stream()).isEmpty();
    }

    @Test
    void nothing_moves_when_nothing_is_in_progress() {
        began(1);
        meter.arrived(PartOrigin.SOURCE, PART, Duration.ofSeconds(2));
        meter.ended();

        assertThat(meter.bytesPerSecond(500)).isZero();
    }

    @Test
    void after_a_round_of_slower_parts_it_is_lower() {
        began(1);
        meter.arrived(PartOrigin.SOURCE, PART, Duration.ofMillis(10));
        for (var i = 0; i < 100; i++) {
            meter.arrived(PartOrigin.SOURCE, PART, Duration.ofSeconds(1));
        }

        assertThat(meter.bytesPerSecond(0)).isBetween(PART, PART * 11 / 10);
    }

    @Test
    void parts_from_the_base_do_not_count_for_the_route() {
        began(2);
        meter.arrived(PartOrigin.BASE, PART, Duration.ofMillis(100));
        assertThat(meter.stream()).isEmpty();
        meter.arrived(PartOrigin.SOURCE, PART, Duration.ofSeconds(2));
        meter.arrived(PartOrigin.SOURCE, PART, Duration.ofSeconds(2));

        assertThat(meter.stream()).contains(new Throughput(2 * PART, 4_000));
    }

    @Test
    void parts_below_the_minimum_size_do_not_count_for_the_route() {
        meter.arrived(PartOrigin.SOURCE, 1 << 20, Duration.ofSeconds(1));

        assertThat(meter.stream()).isEmpty();
    }

    @Test
    void measurements_of_earlier_calls_count() {
        var later = new RateMeter(new Throughput(PART, 1_000));
        later.arrived(PartOrigin.SOURCE, PART, Duration.ofSeconds(3));

        assertThat(later.stream()).contains(new Throughput(2 * PART, 4_000));
    }

    private void began(int parts) {
        for (var i = 0; i < parts; i++) {
            meter.began();
        }
    }
}
