package imageferry.copying.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.copying.Throughput;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RateMeterTest {
    private static final long PART = 8_000_000;

    private final RateMeter meter = new RateMeter(Optional.empty());

    @Test
    void what_is_under_way_moves_as_fast_as_what_has_arrived() {
        began(4);
        meter.arrived(Origin.SOURCE, PART, Duration.ofSeconds(2));

        assertThat(meter.bytesPerSecond(0)).isEqualTo(4 * PART / 2);
    }

    @Test
    void before_anything_has_arrived_it_is_as_fast_as_the_route_was() {
        began(3);

        assertThat(meter.bytesPerSecond(0)).isZero();
        assertThat(meter.bytesPerSecond(500)).isEqualTo(1_500);
        assertThat(meter.stream()).isEmpty();
    }

    @Test
    void nothing_moves_when_nothing_is_under_way() {
        began(1);
        meter.arrived(Origin.SOURCE, PART, Duration.ofSeconds(2));
        meter.ended();

        assertThat(meter.bytesPerSecond(500)).isZero();
    }

    @Test
    void after_a_round_of_slower_parts_it_has_followed() {
        began(1);
        meter.arrived(Origin.SOURCE, PART, Duration.ofMillis(10));
        for (var i = 0; i < 100; i++) {
            meter.arrived(Origin.SOURCE, PART, Duration.ofSeconds(1));
        }

        assertThat(meter.bytesPerSecond(0)).isBetween(PART, PART * 11 / 10);
    }

    @Test
    void what_came_from_the_base_says_nothing_of_the_route() {
        began(2);
        meter.arrived(Origin.BASE, PART, Duration.ofMillis(100));
        assertThat(meter.stream()).isEmpty();
        meter.arrived(Origin.SOURCE, PART, Duration.ofSeconds(2));
        meter.arrived(Origin.SOURCE, PART, Duration.ofSeconds(2));

        assertThat(meter.stream()).contains(new Throughput(2 * PART, 4_000));
    }

    @Test
    void what_is_smaller_than_a_part_may_be_says_nothing_of_the_route() {
        meter.arrived(Origin.SOURCE, 1 << 20, Duration.ofSeconds(1));

        assertThat(meter.stream()).isEmpty();
    }

    @Test
    void what_earlier_calls_showed_counts_on() {
        var later = new RateMeter(Optional.of(new Throughput(PART, 1_000)));
        later.arrived(Origin.SOURCE, PART, Duration.ofSeconds(3));

        assertThat(later.stream()).contains(new Throughput(2 * PART, 4_000));
    }

    private void began(int parts) {
        for (var i = 0; i < parts; i++) {
            meter.began();
        }
    }
}
