package imageferry.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.bench.timing.Calibration;
import imageferry.snapshot.PartPlan;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Checks goals against invented rows that reach or miss them. */
class GoalsTest {
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;
    private static final long TIB = 1L << 40;
    private static final String CROSS = "CROSS-REGION";
    private static final String SAME = "SAME-REGION";
    private static final String THROTTLED = "THROTTLED";
    private static final int WIDTH = 1_280;

    /** A row with defaults for the fields that a test does not set. */
    private record Made(
            String tool,
            String settings,
            String calibration,
            long sizeBytes,
            @Nullable Double seconds,
            int width,
            double efficiency,
            double allowedShare,
            double overheadShare) {
        static Made ours(String calibration, long sizeBytes, @Nullable Double seconds) {
            return new Made(Row.OURS, Row.DEFAULTS, calibration, sizeBytes, seconds, WIDTH, 1, 1, 0);
        }

        static Made peer(String settings, String calibration, long sizeBytes, @Nullable Double seconds) {
            return new Made("aws s3 cp", settings, calibration, sizeBytes, seconds, WIDTH, 1, 1, 0);
        }

        Made wide(int width) {
            return new Made(
                    tool, settings, calibration, sizeBytes, seconds, width, efficiency, allowedShare, overheadShare);
        }

        Made efficient(double efficiency) {
            return new Made(
                    tool, settings, calibration, sizeBytes, seconds, width, efficiency, allowedShare, overheadShare);
        }

        Made limited(double allowedShare) {
            return new Made(
                    tool, settings, calibration, sizeBytes, seconds, width, efficiency, allowedShare, overheadShare);
        }

        Made costing(double overheadShare) {
            return new Made(
                    tool, settings, calibration, sizeBytes, seconds, width, efficiency, allowedShare, overheadShare);
        }

        Row row() {
            return new Row(
                    tool,
                    settings,
                    calibration,
                    sizeBytes,
                    seconds,
                    seconds == null ? null : 0.08,
                    seconds == null ? null : 0.06,
                    seconds == null ? null : efficiency,
                    1.0,
                    100,
                    1,
                    Row.MODEL,
                    width,
                    0,
                    allowedShare,
                    overheadShare,
                    seconds == null ? "The store was out of reach" : null);
        }
    }

    private static Goal goal(String begin, Made... rows) {
        return goals(rows).stream()
                .filter(goal -> goal.goal().startsWith(begin))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No goal begins with " + begin));
    }

    private static List<Goal> goals(Made... rows) {
        return Goals.check(List.of(rows).stream().map(Made::row).toList());
    }

    @Test
    void a_goal_is_reached_when_no_row_misses_it() {
        var goal = goal("efficiency of at least 0.9", Made.ours(CROSS, GIB, 1.4));

        assertThat(goal.reached()).isTrue();
        assertThat(goal.found()).isEqualTo("1.000 at 1 GiB");
        assertThat(goal.missedAt()).isEmpty();
        assertThat(goal.line())
                .isEqualTo("  reached efficiency of at least 0.9 in CROSS-REGION at 1 GiB (model): 1.000 at 1 GiB");
    }

    @Test
    void an_efficiency_below_its_goal_misses_it() {
        var goal = goal(
                "efficiency of at least 0.95",
                Made.ours(CROSS, 10 * GIB, 2.0).efficient(0.949),
                Made.ours(CROSS, 40 * GIB, 7.0).efficient(0.95));

        assertThat(goal.found()).isEqualTo("0.949 at 10 GiB, 0.950 at 40 GiB");
        assertThat(goal.missedAt()).isEqualTo("10 GiB");
    }

    @Test
    void a_size_at_which_ours_failed_is_not_ten_times_as_fast() {
        var goal = goal(
                "at least 10 times as fast as aws s3 cp",
                Made.ours(CROSS, 10 * GIB, 2.0),
                Made.peer(Row.DEFAULTS, CROSS, 10 * GIB, 240.0),
                Made.ours(CROSS, PartPlan.MAX_SIZE_BYTES, null),
                Made.peer(Row.DEFAULTS, CROSS, PartPlan.MAX_SIZE_BYTES, 1e6));

        assertThat(goal.reached()).isFalse();
        assertThat(goal.found()).isEqualTo("120 × at 10 GiB, failed at 48.8 TiB");
        assertThat(goal.missedAt()).isEqualTo("48.8 TiB");
        assertThat(goal.line()).startsWith("  MISSED  at least 10 times");
    }

    @Test
    void a_peer_that_fails_is_beaten() {
        var ours = Made.ours(CROSS, 10 * GIB, 2.0);
        var peer = Made.peer(Row.DEFAULTS, CROSS, 10 * GIB, null);

        assertThat(goal("at least 10 times as fast as aws s3 cp", ours, peer).found())
                .isEqualTo("peer failed at 10 GiB");
        assertThat(goal("at least 10 times as fast as aws s3 cp", ours, peer).reached())
                .isTrue();
        assertThat(goal("never slower than the best", ours, peer).reached()).isTrue();
    }

    @Test
    void a_cost_goal_at_any_size_includes_the_sizes_at_which_the_copy_failed() {
        var goal = goal(
                "overhead of at most 5.0 %",
                Made.ours(CROSS, GIB, 2.0).costing(0.04), Made.ours(CROSS, PartPlan.MAX_SIZE_BYTES, null));

        assertThat(goal.reached()).isFalse();
        assertThat(goal.found()).isEqualTo("4.00 % at 1 GiB, failed at 48.8 TiB");
        assertThat(goal.missedAt()).isEqualTo("48.8 TiB");
    }

    @Test
    void an_overhead_above_its_share_misses_the_goal() {
        var goal = goal(
                "overhead of at most 1.0 %", Made.ours(CROSS, 40 * GIB, 7.0).costing(0.02));

        assertThat(goal.missedAt()).isEqualTo("40 GiB");
    }

    @Test
    void a_failed_copy_in_a_throttled_bucket_misses_the_goal_of_no_failure() {
        var goal = goal("no failure in THROTTLED", Made.ours(THROTTLED, GIB, null));

        assertThat(goal.reached()).isFalse();
        assertThat(goal.found()).isEqualTo("failed at 1 GiB");
    }

    @Test
    void slower_pairs_and_failed_pairs_are_counted_apart_and_the_slowest_is_named() {
        var goal = goal(
                "never slower than the best",
                Made.ours(SAME, GIB, 0.5),
                Made.peer(Row.DEFAULTS, SAME, GIB, 0.44),
                Made.ours(THROTTLED, GIB, 2.5).limited(0.7),
                Made.peer(Row.DEFAULTS, THROTTLED, GIB, 1.25).wide(50),
                Made.ours(CROSS, PartPlan.MAX_SIZE_BYTES, null),
                Made.peer(Row.DEFAULTS, CROSS, PartPlan.MAX_SIZE_BYTES, 1e6),
                Made.ours(CROSS, 10 * GIB, 2.0),
                Made.peer(Row.DEFAULTS, CROSS, 10 * GIB, 240.0));

        assertThat(goal.found())
                .isEqualTo(
                        "slower in 2 of 4 pairs, by at most 1.25 s (2.50 s, aws s3 cp 1.25 s, at 1 GiB in THROTTLED);"
                                + " failed in 1 where the peer did not (48.8 TiB in CROSS-REGION)");
        assertThat(goal.missedAt()).isEqualTo("3 of 4 pairs");
    }

    @Test
    void the_share_of_a_limit_counts_only_for_more_parts_than_the_limit_admits() {
        var few = Made.ours(THROTTLED, GIB, 2.5).limited(0.68);
        var small = Made.ours(THROTTLED, 64 * MIB, 0.5).limited(0.01);
        var timid = Made.ours(THROTTLED, 10 * GIB, 128.0).limited(0.1);
        var larger = Made.ours(THROTTLED, PartPlan.MAX_SIZE_BYTES, 580.0).limited(0.2);

        var goal = goal("at least 0.8 of the allowed request rate", few, small, larger);
        assertThat(goal.found()).isEqualTo("0.68 at 1 GiB");
        assertThat(goal.missedAt()).isEqualTo("1 GiB");
        assertThat(goal.goal()).contains("up to 5 TiB");
        assertThat(goal("at least 0.8 of the allowed request rate", timid).reached())
                .isFalse();
    }

    @Test
    void a_failed_copy_of_five_tebibytes_has_no_time() {
        var goal = goal("5 TiB in CROSS-REGION", Made.ours(CROSS, 5 * TIB, null));

        assertThat(goal.reached()).isFalse();
        assertThat(goal.found()).isEqualTo("failed at 5 TiB");
        assertThat(goal.missedAt()).isEqualTo("5 TiB");
    }

    @Test
    void a_peer_that_copies_one_part_at_a_time_is_not_compared_as_equal() {
        var sequential = Made.peer(Row.TUNED, SAME, GIB, 0.1).wide(1);

        assertThat(goals(Made.ours(SAME, GIB, 0.5), sequential))
                .noneMatch(goal -> goal.goal().startsWith("never slower than a peer tuned"));
    }

    /** A part takes 64 s there, so all streams together send 20 requests a second. */
    @Test
    void above_five_tebibytes_all_streams_together_stay_below_the_limit() {
        var part = Calibration.THROTTLED.copying(5 * GIB).toMillis() / 1e3;

        assertThat(WIDTH / part).isLessThan(0.8 * Calibration.THROTTLED.copiesPerSecond());
    }

    @Test
    void a_failed_copy_that_met_the_limit_misses_it() {
        var failed = Made.ours(THROTTLED, GIB, null).limited(0.9);

        assertThat(goal("at least 0.8 of the allowed request rate", failed).reached())
                .isFalse();
    }

    @Test
    void a_plan_counts_even_if_its_copy_failed() {
        var goal = goal("plan regret", Made.ours(CROSS, PartPlan.MAX_SIZE_BYTES, null));

        assertThat(goal.goal()).isEqualTo("plan regret of at most 1.05 in CROSS-REGION");
        assertThat(goal.found()).isEqualTo("at most 1.000, at 48.8 TiB");
    }
}
