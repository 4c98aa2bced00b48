package imageferry.copying;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import imageferry.ledger.Item;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The measured rate of a region follows its recently finished copies. */
class ThroughputTest {
    @Test
    void a_time_below_zero_shows_nothing() {
        var before = new Throughput(8_000, 8_000);

        assertThat(Throughput.of(1_000_000, Duration.ofMillis(-1)).after(before).bytesPerSecond())
                .isLessThanOrEqualTo(before.bytesPerSecond());
        assertThat(Throughput.of(1_000, Duration.ZERO)).isEqualTo(new Throughput(1_000, 1));
    }

    private static final long GIB = 1L << 30;

    @Test
    void the_first_copys_throughput_is_the_regions() {
        assertThat(Throughput.of(1_000, Duration.ofSeconds(4)).bytesPerSecond()).isEqualTo(250);
    }

    @Test
    void copies_of_one_throughput_keep_it() {
        var throughput = Throughput.of(8_000, Duration.ofSeconds(8));
        for (var i = 0; i < 100; i++) {
            throughput = Throughput.of(8_000, Duration.ofSeconds(8)).after(throughput);
        }

        assertThat(throughput.bytesPerSecond()).isBetween(999L, 1_001L);
    }

    @Test
    void a_new_throughput_prevails_after_thirty_copies() {
        var throughput = Throughput.of(GIB, Duration.ofSeconds(100));
        for (var i = 0; i < 30; i++) {
            throughput = Throughput.of(GIB, Duration.ofSeconds(10)).after(throughput);
        }

        assertThat(throughput.bytesPerSecond()).isBetween(GIB / 12, GIB / 10);
    }

    @Test
    void a_small_slow_copy_has_little_weight() {
        var large = Throughput.of(500 * GIB, Duration.ofMinutes(60));

        var after = Throughput.of(1 << 20, Duration.ofSeconds(3)).after(large);

        assertThat(after.bytesPerSecond()).isBetween(large.bytesPerSecond() * 99 / 100, large.bytesPerSecond());
    }

    @Test
    void no_throughput_is_too_great_to_count() {
        var largest = 48L << 40;
        var throughput = Throughput.of(largest, Duration.ofSeconds(1));
        for (var i = 0; i < 1_000; i++) {
            throughput = Throughput.of(largest, Duration.ofSeconds(1)).after(throughput);
        }

        assertThat(throughput.bytesPerSecond()).isBetween(largest * 99 / 100, largest);
    }

    @Test
    void it_is_read_as_it_was_stored() {
        var throughput = Throughput.of(1_000, Duration.ofSeconds(4));

        assertThat(Throughput.of(new Item(throughput.item()))).isEqualTo(throughput);
    }

    @Test
    void bytes_that_took_no_time_are_refused() {
        assertThat(Throughput.of(1_000, Duration.ZERO).millis()).isEqualTo(1);
        assertThatIllegalArgumentException().isThrownBy(() -> new Throughput(1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Throughput(-1, 1));
    }
}
