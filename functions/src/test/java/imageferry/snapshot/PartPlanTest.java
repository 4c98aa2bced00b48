package imageferry.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartPlanTest {
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;
    private static final long LARGEST = 50_000 * GIB;

    private final PartPlanner planner = new PartPlanner(40);

    @ParameterizedTest
    @CsvSource({
        "1, 5, 1",
        "5242880, 5, 1",
        "5242881, 5, 2",
        // 6.25 GiB fills one wave of the smallest parts. A byte more makes the parts larger, not more numerous.
        "6710886400, 5, 1280",
        "6710886401, 5.0625, 1265",
        // 10 GiB and 40 GiB: one wave of 1,280 streams
        "10737418240, 8, 1280",
        "42949672960, 32, 1280",
        "536870912000, 400, 1280",
        // 640 GiB fills one wave of the largest preferred parts. A byte more makes two waves.
        "687194767360, 512, 1280",
        "687194767361, 256.0625, 2560",
        // 5 TiB: 7 waves, because 8 of 512 MiB would be too many parts
        "5497558138880, 585.1875, 8960",
        // 7.2 TiB: the largest size of whole waves with parts that are in time on any route. Above it parts are as
        // small as possible.
        "7892002406400, 840, 8960",
        "7892002406401, 752.6875, 10000",
        "48103633715200, 4587.5625, 10000",
        // 50,000 GiB: the one legal plan
        "53687091200000, 5120, 10000",
    })
    void the_canonical_part_size_fills_whole_waves(long size, double partMiB, int parts) {
        var plan = planner.plan(size);

        assertThat(plan.partSizeBytes()).isEqualTo((long) (partMiB * MIB));
        assertThat(plan.count()).isEqualTo(parts);
    }

    @Test
    void a_byte_more_than_s3_can_hold_is_refused_with_both_numbers() {
        assertThat(planner.refusal(LARGEST)).isEmpty();
        assertThat(planner.refusal(LARGEST + 1))
                .contains(
                        "53,687,091,200,001 bytes are more than the 53,687,091,200,000 bytes (48.8 TiB) that one S3 object"
                                + " can hold; make the disk smaller");
        assertThatIllegalArgumentException().isThrownBy(() -> planner.plan(LARGEST + 1));
    }

    @Test
    void a_size_of_zero_is_refused() {
        assertThat(planner.refusal(0)).contains("An object of 0 bytes has nothing to copy");
    }

    @Test
    void parts_that_s3_does_not_take_are_refused() {
        assertThat(PartPlan.refusal(GIB, 5 * MIB)).isEmpty();
        assertThat(PartPlan.refusal(GIB, 5 * MIB - 1)).get().asString().contains("5 MiB to 5 GiB");
        assertThat(PartPlan.refusal(GIB, 5 * GIB + 1)).get().asString().contains("5 MiB to 5 GiB");
        assertThat(PartPlan.refusal(100 * GIB, 8 * MIB))
                .contains("107,374,182,400 bytes in parts of 8,388,608 bytes make 12,800 parts, more than S3's 10,000");
    }

    @Test
    void a_plan_of_one_part_sends_no_range() {
        assertThat(new PartPlan(8 * MIB, 8 * MIB).rangeOf(1)).isEmpty();
        assertThat(new PartPlan(8 * MIB + 1, 8 * MIB).rangeOf(2)).contains(new PartCopy.ByteRange(8 * MIB, 8 * MIB));
    }

    @Test
    void a_part_outside_the_plan_is_refused() {
        var plan = new PartPlan(20 * MIB, 8 * MIB);

        assertThatIllegalArgumentException().isThrownBy(() -> plan.sizeOf(0));
        assertThatIllegalArgumentException().isThrownBy(() -> plan.sizeOf(4)).withMessage("There is no part 4 of 3");
    }

    /** Sizes over all magnitudes, and near the boundaries of parts. The seed makes a failure repeatable. */
    @Test
    void any_plan_covers_every_byte_once_within_the_limits() {
        var random = new Random(20261123);
        for (var i = 0; i < 2_000; i++) {
            var size = anySize(random);
            var plan = new PartPlanner(random.nextInt(1, 81)).plan(size);

            assertThat(plan.count()).as("parts of %d", size).isBetween(1, 10_000);
            assertThat(plan.partSizeBytes()).as("part of %d", size).isBetween(5 * MIB, 5 * GIB);
            assertThat(plan.partSizeBytes() % (64 << 10)).isZero();
            var next = 0L;
            for (var batch : plan.batches().toList()) {
                for (var part : batch.parts().toArray()) {
                    assertThat(plan.sizeOf(part)).isPositive();
                    if (plan.count() > 1) {
                        var range = plan.rangeOf(part).orElseThrow();
                        assertThat(range.first())
                                .as("part %d of %d", part, size)
                                .isEqualTo(next);
                        assertThat(range.last() - range.first() + 1).isEqualTo(plan.sizeOf(part));
                    }
                    next += plan.sizeOf(part);
                }
            }
            assertThat(next).isEqualTo(size);
        }
    }

    private static long anySize(Random random) {
        var exact = 1L << random.nextInt(46);
        var near = exact + random.nextLong(-2, 3);
        var any = exact + (exact > 1 ? random.nextLong(exact) : 0);
        return Math.clamp(random.nextBoolean() ? near : any, 1, LARGEST);
    }

    @Test
    void batches_are_few_and_fill_a_workers_streams() {
        for (var parts : new int[] {1, 31, 32, 33, 1_280, 6_400, 6_401, 10_000}) {
            var batches = new PartPlan(parts * 8L * MIB, 8 * MIB).batches().toList();

            assertThat(batches).hasSizeLessThanOrEqualTo(40);
            assertThat(batches.getFirst().number()).isEqualTo(1);
            assertThat(batches.getLast().number()).isEqualTo(batches.size());
            assertThat(batches.getLast().lastPart()).isEqualTo(parts);
            assertThat(batches)
                    .allSatisfy(batch -> assertThat(batch.parts().count()).isBetween(1L, 256L));
        }
    }

    @Test
    void the_limits_of_s3_belong_to_what_it_takes() {
        assertThat(PartPlan.refusal(1, 5 * MIB)).isEmpty();
        assertThat(PartPlan.refusal(LARGEST, 5 * GIB)).isEmpty();
        assertThat(PartPlan.refusal(10_000 * 8 * MIB, 8 * MIB)).isEmpty();
        assertThat(PartPlan.refusal(10_000 * 8 * MIB + 1, 8 * MIB)).isPresent();
    }

    @Test
    void a_copy_has_at_least_one_worker() {
        assertThat(new PartPlanner(1).plan(MIB).count()).isEqualTo(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PartPlanner(0))
                .withMessage("A copy needs at least 1 worker, not 0");
    }

    /** 10 GiB in one wave of 8 MiB parts take as long as 9,088,608 bytes; a quarter more is 11,360,760, with 700,000 for the request. */
    @Test
    void a_new_version_keeps_the_part_size_of_older_ones_for_at_most_a_quarter_more_time() {
        assertThat(planner.plan(10 * GIB, 10_660_760).partSizeBytes()).isEqualTo(10_660_760);
        assertThat(planner.plan(10 * GIB, 10_660_761).partSizeBytes()).isEqualTo(8 * MIB);
        assertThat(planner.plan(10 * GIB, 5 * MIB).partSizeBytes())
                .as("two waves")
                .isEqualTo(8 * MIB);
    }

    @Test
    void a_disk_smaller_than_the_parts_of_older_versions_is_one_such_part() {
        assertThat(planner.plan(MIB, 5 * GIB)).isEqualTo(new PartPlan(MIB, 5 * GIB));
    }

    @Test
    void a_new_version_that_needs_too_many_of_the_older_parts_gets_larger_ones() {
        assertThat(planner.plan(100 * GIB, 8 * MIB)).isEqualTo(planner.plan(100 * GIB));
    }
}
