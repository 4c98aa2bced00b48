package imageferry.copying.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PauseTest {
    private final Random random = new Random(1);

    @Test
    void it_lasts_its_minimum_and_a_random_part_of_its_spread() {
        var least = Duration.ofSeconds(3);
        var spread = Duration.ofMillis(100);
        var lengths = random.ints(100)
                .mapToObj(any -> Pause.length(least, spread, random))
                .toList();

        assertThat(lengths).allSatisfy(length -> assertThat(length).isBetween(least, least.plus(spread)));
        assertThat(lengths).doesNotHaveDuplicates();
    }

    @Test
    void without_a_spread_its_length_is_fixed() {
        assertThat(Pause.length(Duration.ofSeconds(3), Duration.ZERO, random)).isEqualTo(Duration.ofSeconds(3));
    }
}
