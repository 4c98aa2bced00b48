package imageferry.copying;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.snapshot.PartBatch;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Fewer streams while parts take longer and longer, all of them when that is over. */
class WidthTest {
    private final Width width = new Width();

    @Test
    void parts_that_take_as_long_as_ever_are_copied_by_all_streams() {
        for (var i = 0; i < 100; i++) {
            took(100 + i % 90);
        }

        assertThat(width.now()).isEqualTo(PartBatch.STREAMS);
    }

    @Test
    void one_slow_part_costs_a_stream_or_two_for_a_moment() {
        usual(100);
        took(10_000);
        assertThat(width.now()).isBetween(PartBatch.STREAMS - 3, PartBatch.STREAMS - 1);
        usual(5);

        assertThat(width.now()).isEqualTo(PartBatch.STREAMS);
    }

    @Test
    void a_store_that_shares_its_rate_among_all_streams_is_asked_by_fewer() {
        // All streams together move what 4 moved alone, since the neighbours came.
        usual(100);
        for (var i = 0; i < 30; i++) {
            took(800 * width.now() / PartBatch.STREAMS);
        }

        assertThat(width.now()).isBetween(4, 20);
    }

    @Test
    void a_route_that_became_slower_for_good_gets_all_its_streams_back() {
        usual(100);
        IntStream.range(0, 20).forEach(i -> took(400));
        assertThat(width.now()).isLessThan(20);
        IntStream.range(0, 200).forEach(i -> took(400));

        assertThat(width.now()).isEqualTo(PartBatch.STREAMS);
    }

    @Test
    void what_is_usual_from_the_base_says_nothing_of_the_source() {
        for (var i = 0; i < 50; i++) {
            width.took(Origin.BASE, Duration.ofMillis(10));
            width.took(Origin.SOURCE, Duration.ofSeconds(1));
        }

        assertThat(width.now()).isEqualTo(PartBatch.STREAMS);
    }

    @Test
    void no_more_are_under_way_than_it_is_wide_and_none_is_lost() throws InterruptedException {
        var underWay = 0;
        for (; underWay < PartBatch.STREAMS; underWay++) {
            width.enter();
        }
        usual(100);
        IntStream.range(0, 60).forEach(i -> took(1_000_000));
        var narrow = width.now();
        assertThat(narrow).isLessThan(PartBatch.STREAMS);
        for (; underWay > 0; underWay--) {
            width.leave();
        }
        assertThat(width.free()).isEqualTo(narrow);

        usual(300);
        width.enter();
        width.leave();
        assertThat(width.free()).isEqualTo(PartBatch.STREAMS);
    }

    private void usual(int parts) {
        IntStream.range(0, parts).forEach(i -> took(100));
    }

    private void took(long millis) {
        width.took(Origin.SOURCE, Duration.ofMillis(millis));
    }
}
