package imageferry.bench.physics;

import static imageferry.bench.physics.Physics.Outcome.COPIED;
import static imageferry.bench.physics.Physics.Outcome.ERROR_IN_OK;
import static imageferry.bench.physics.Physics.Outcome.INTERNAL_ERROR;
import static imageferry.bench.physics.Physics.Outcome.SLOW_DOWN;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class PhysicsTest {
    private static final long MIB = 1L << 20;

    private final VirtualTime time = new VirtualTime();

    @Test
    void a_copy_takes_its_overhead_and_its_bytes() throws Exception {
        var same = new Physics(Calibration.SAME_REGION, time, 1);
        var cross = new Physics(Calibration.CROSS_REGION, time, 1);

        assertThat(time.run(() -> same.copy(80 * MIB))).isEqualTo(Duration.ofMillis(1_300));
        assertThat(time.run(() -> cross.copy(4_700_000))).isEqualTo(Duration.ofMillis(1_150));
        assertThat(time.run(cross::roundTrip)).isEqualTo(Duration.ofMillis(20));
    }

    @Test
    void a_client_that_gives_up_has_waited_for_as_long_as_it_said() throws Exception {
        var physics = new Physics(Calibration.CROSS_REGION, time, 1);
        var outcomes = new ArrayList<Physics.Outcome>();

        var taken = time.run(() -> {
            outcomes.add(physics.copy(4_700_000, Duration.ofMillis(1_149)));
            outcomes.add(physics.copy(4_700_000, Duration.ofMillis(1_150)));
        });

        assertThat(outcomes).containsExactly(Physics.Outcome.GIVEN_UP, COPIED);
        assertThat(taken).isEqualTo(Duration.ofMillis(1_149 + 1_150));
    }

    @Test
    void streams_do_not_share_their_rate() throws Exception {
        var physics = new Physics(Calibration.SAME_REGION, time, 1);

        var taken = time.run(() -> sideBySide(1_280, physics, 80 * MIB));

        assertThat(taken).isEqualTo(Duration.ofMillis(1_300));
    }

    @Test
    void a_bucket_takes_so_many_at_once_and_then_so_many_in_a_second() throws Exception {
        var physics = new Physics(limited(100), time, 1);

        time.run(() -> {
            assertThat(sideBySide(150, physics, 0))
                    .filteredOn(SLOW_DOWN::equals)
                    .hasSize(50);
            time.sleep(Duration.ofMillis(500).minusMillis(20));
        });
        // Since the bucket was emptied 0.78 s have passed, 0.3 s of them under the copies that it let in.
        time.run(() -> assertThat(sideBySide(150, physics, 0))
                .filteredOn(COPIED::equals)
                .hasSize(78));
        time.run(() -> time.sleep(Duration.ofHours(1)));
        time.run(() -> assertThat(sideBySide(150, physics, 0))
                .filteredOn(COPIED::equals)
                .hasSize(100));
    }

    @Test
    void a_refusal_takes_a_round_trip_and_no_copy() throws Exception {
        var physics = new Physics(limited(1), time, 1);

        time.run(() -> physics.copy(0));
        var taken = time.run(() -> assertThat(sideBySide(2, physics, 800 * MIB)).containsOnly(SLOW_DOWN));

        assertThat(taken).isEqualTo(Duration.ofMillis(20));
    }

    @Test
    void mishaps_happen_as_often_as_they_are_to() throws Exception {
        var bad = new Calibration(
                "BAD", 80 * MIB, Duration.ofMillis(300), Duration.ofMillis(20), 1e9, new Mishaps(0.1, 0.05), 0);
        var physics = new Physics(bad, time, 1);

        time.run(() -> {
            var outcomes = sideBySide(10_000, physics, MIB);
            assertThat(outcomes).filteredOn(INTERNAL_ERROR::equals).hasSizeBetween(900, 1_100);
            assertThat(outcomes).filteredOn(ERROR_IN_OK::equals).hasSizeBetween(430, 570);
        });
    }

    private static Calibration limited(double perSecond) {
        return new Calibration(
                "LIMITED", 80 * MIB, Duration.ofMillis(300), Duration.ofMillis(20), perSecond, Mishaps.NONE, 0);
    }

    private static List<Physics.Outcome> sideBySide(int requests, Physics physics, long bytes) throws Exception {
        var outcomes = new ArrayList<Physics.Outcome>();
        Callable<Physics.Outcome> copy = () -> physics.copy(bytes);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var outcome : threads.invokeAll(Collections.nCopies(requests, copy))) {
                outcomes.add(outcome.get());
            }
        }
        return outcomes;
    }
}
