package imageferry.bench.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import imageferry.bench.timing.Calibration;
import imageferry.snapshot.PartCopy;
import imageferry.snapshot.PartPlan;
import imageferry.snapshot.PartPlanner;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundTest {
    private static final long GIB = 1L << 30;
    private static final int WIDTH = 1_280;
    private static final PartPlanner PLANNER = new PartPlanner(40);

    @ParameterizedTest
    @CsvSource({
        // One wave of 8 MiB parts: 0.15 + 8 MiB / 4.7 MB/s, and three round trips of 0.02
        "CROSS-REGION, 10, 1280, 1.995",
        // One wave of 400 MiB parts
        "CROSS-REGION, 500, 1280, 89.451",
        "SAME-REGION, 500, 1280, 5.36",
        // 10 streams: one wave of 103 MiB parts
        "SAME-REGION, 1, 10, 1.64",
    })
    void the_best_plan_is_the_one_that_arithmetic_finds(String name, long gib, int width, double seconds) {
        var bound = new Bound(calibration(name), width);

        assertThat(bound.time(gib * GIB).toNanos() / 1e9).isCloseTo(seconds, within(0.001));
    }

    @Test
    void no_plan_is_better_than_the_best() {
        var random = new Random(1);
        for (var i = 0; i < 300; i++) {
            var size = anySize(random);
            var smallest = Math.max(5L << 20, Math.ceilDiv(size, 10_000));
            var part = random.nextLong(smallest, (5L << 30) + 1);
            for (var calibration : List.of(Calibration.SAME_REGION, Calibration.CROSS_REGION)) {
                assertThat(new Bound(calibration, WIDTH).regret(size, part))
                        .as("%d in parts of %d", size, part)
                        .isGreaterThanOrEqualTo(1 - 1e-9);
            }
        }
    }

    /** Tries any size from one byte to the largest object, on the slow and the fast route, with one part size for both. */
    @Test
    void our_plan_takes_at_most_a_twentieth_longer_than_the_best() {
        var random = new Random(20261125);
        for (var i = 0; i < 5_000; i++) {
            var size = anySize(random);
            var plan = PLANNER.plan(size);
            for (var calibration : List.of(Calibration.SAME_REGION, Calibration.CROSS_REGION)) {
                assertThat(new Bound(calibration, WIDTH).regret(size, plan.partSizeBytes()))
                        .as("%d in %s", size, calibration)
                        .isLessThanOrEqualTo(1.05);
            }
        }
    }

    @Test
    void our_plan_covers_every_byte_once_in_full_waves_as_long_as_any_route_is_in_time() {
        var random = new Random(7);
        for (var i = 0; i < 500; i++) {
            var size = anySize(random);
            var plan = PLANNER.plan(size);

            assertThat(plan.count()).isBetween(1, 10_000);
            assertThat(plan.partSizeBytes()).isBetween(5L << 20, 5L << 30);
            assertThat(plan.numbers().mapToLong(plan::sizeOf).sum()).isEqualTo(size);
            var waves = Math.ceilDiv(plan.count(), WIDTH);
            if (size > WIDTH * (5L << 20) && size <= 7L * WIDTH * PartCopy.ALWAYS_IN_TIME_BYTES) {
                assertThat(plan.count()).as("parts of %d", size).isGreaterThan(waves * WIDTH * 98 / 100);
            }
            // The work of two workers differs by at most one wave.
            assertThat(plan.batches()
                            .mapToLong(batch -> batch.parts().count())
                            .max()
                            .orElseThrow())
                    .isLessThanOrEqualTo(waves * 32L);
        }
    }

    private static long anySize(Random random) {
        var exact = 1L << random.nextInt(46);
        var near = exact + random.nextLong(-2, 3);
        var any = exact + (exact > 1 ? random.nextLong(exact) : 0);
        return Math.clamp(random.nextBoolean() ? near : any, 1, PartPlan.MAX_SIZE_BYTES);
    }

    private static Calibration calibration(String name) {
        return Calibration.ALL.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
