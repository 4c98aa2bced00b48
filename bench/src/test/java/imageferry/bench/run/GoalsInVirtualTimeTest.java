package imageferry.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.bench.model.PeerModel;
import imageferry.bench.report.Row;
import imageferry.bench.timing.Calibration;
import imageferry.snapshot.PartPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Goals that the engine has reached remain reached. Copies whole images with the engine's own classes in virtual time.
 */
class GoalsInVirtualTimeTest {
    private static final long GIB = 1L << 30;

    private final VirtualRuns runs = new VirtualRuns(20_261_125);

    @ParameterizedTest
    @CsvSource({"1, 0.9", "10, 0.95", "40, 0.95", "500, 0.95", "5120, 0.95"})
    void between_regions_it_is_close_to_the_bound(long gib, double efficiency) throws Exception {
        var row = runs.ours(Calibration.CROSS_REGION, gib * GIB);

        assertThat(row.failure()).isNull();
        assertThat(row.efficiency()).isBetween(efficiency, 1.0);
        assertThat(row.planRegret()).isBetween(1.0, 1.05);
    }

    @ParameterizedTest
    @ValueSource(longs = {40, 500, 5_120, 50_000})
    void within_a_region_it_is_close_to_the_bound(long gib) throws Exception {
        var row = runs.ours(Calibration.SAME_REGION, gib * GIB);

        assertThat(row.failure()).isNull();
        assertThat(row.efficiency()).isBetween(0.8, 1.0);
        assertThat(row.planRegret()).isBetween(1.0, 1.05);
    }

    @Test
    void five_tebibytes_are_copied_between_regions_within_20_minutes() throws Exception {
        assertThat(runs.ours(Calibration.CROSS_REGION, 5_120 * GIB).seconds()).isLessThan(20 * 60.0);
    }

    @ParameterizedTest
    @ValueSource(longs = {10, 40, 500, 5_120})
    void four_fifths_of_a_request_limit_are_used_and_no_copy_fails(long gib) throws Exception {
        for (var seed = 1; seed <= 5; seed++) {
            var row = new VirtualRuns(seed).ours(Calibration.THROTTLED, gib * GIB);

            assertThat(row.failure()).isNull();
            assertThat(row.slowDowns()).isPositive();
            assertThat(row.allowedShare()).as("seed %d", seed).isBetween(0.8, 1.01);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {10, 40, 500, 5_120})
    void it_is_ten_times_as_fast_as_peers_with_their_defaults(long gib) throws Exception {
        var ours = runs.ours(Calibration.CROSS_REGION, gib * GIB);

        for (var peer : new PeerModel[] {PeerModel.AWS_CLI, PeerModel.RCLONE}) {
            assertThat(runs.peer(peer, Calibration.CROSS_REGION, gib * GIB).seconds())
                    .as(peer.name())
                    .isGreaterThan(10 * ours.seconds());
        }
    }

    @ParameterizedTest
    @CsvSource({"10, 0.05", "40, 0.01", "500, 0.01", "5120, 0.01"})
    void nearly_all_of_the_cost_is_transfer_and_storage(long gib, double most) throws Exception {
        assertThat(runs.ours(Calibration.CROSS_REGION, gib * GIB).overheadShare())
                .isBetween(0.0, most);
    }

    @Test
    void a_copy_whose_parts_outlast_a_worker_fails() throws Exception {
        var row = runs.ours(Calibration.CROSS_REGION, PartPlan.MAX_SIZE_BYTES);

        assertThat(row.seconds()).isNull();
        assertThat(row.failure())
                .contains("no part of 5,368,709,120 bytes was copied in the 840 s that a worker has for one");
        assertThat(row.requests()).as("no retries").isLessThan(3 * VirtualRuns.WIDTH);
        assertThat(row.costUsd()).as("workers that lived 15 minutes").isBetween(0.1, 2.0);
    }

    @Test
    void the_same_seed_gives_the_same_run() throws Exception {
        assertThat(runs.ours(Calibration.THROTTLED, 10 * GIB)).isEqualTo(runs.ours(Calibration.THROTTLED, 10 * GIB));
    }

    @Test
    void a_peer_that_gives_up_has_no_time() throws Exception {
        var row = runs.peer(PeerModel.S5CMD, Calibration.SAME_REGION, 10 * GIB);

        assertThat(row.seconds()).isNull();
        assertThat(row.failure()).startsWith("InvalidRequest");
        assertThat(row.kind()).isEqualTo(Row.MODEL);
    }

    /** The requests were counted at the simulated S3, with rclone v1.60.1 and s5cmd v2.3.0. */
    @Test
    void a_model_sends_as_many_read_requests_as_its_tool() throws Exception {
        assertThat(runs.peer(PeerModel.S5CMD, Calibration.CROSS_REGION, GIB).requests())
                .isEqualTo(1);
        assertThat(runs.peer(PeerModel.RCLONE, Calibration.CROSS_REGION, GIB).requests())
                .isEqualTo(5);
        assertThat(runs.tuned(PeerModel.RCLONE, Calibration.CROSS_REGION, GIB).requests())
                .isEqualTo(212);
    }

    /** Four attempts are enough for 205 parts when the bucket admits 100 at once; three are not. */
    @Test
    void a_transfer_manager_with_high_concurrency_meets_a_request_limit_as_over_the_wire() throws Exception {
        var row = runs.tuned(PeerModel.TRANSFER_MANAGER, Calibration.THROTTLED, GIB);

        assertThat(row.failure()).isNull();
        assertThat(row.slowDowns()).isPositive();
    }

    @Test
    void a_failed_copy_is_charged_for_the_bytes_that_it_moved() throws Exception {
        var row = runs.peer(PeerModel.S5CMD, Calibration.CROSS_REGION, 10 * GIB);

        assertThat(row.failure()).isNotNull();
        assertThat(row.costUsd()).isBetween(0.0, 0.0001);
        assertThat(runs.peer(PeerModel.AWS_CLI, Calibration.CROSS_REGION, 10 * GIB)
                        .costUsd())
                .isBetween(0.2, 0.21);
    }

    /** Before the parts: two HEAD requests, open, list. After them: list, complete, HEAD. */
    @Test
    void our_copy_takes_four_more_round_trips_than_the_bound() throws Exception {
        var row = runs.ours(Calibration.CROSS_REGION, GIB);

        assertThat(row.beforeSeconds()).isEqualTo(0.08);
        assertThat(row.afterSeconds()).isEqualTo(0.06);
    }

    /** 128 parts of 8 MiB, ten at a time, are 13 waves; the documentation adds three round trips. */
    @Test
    void a_model_behaves_as_documented() throws Exception {
        var row = runs.peer(PeerModel.AWS_CLI, Calibration.CROSS_REGION, GIB);

        assertThat(row.requests()).isEqualTo(128 + 3);
        assertThat(row.seconds()).isBetween(13 * 1.934, 13 * 1.936 + 0.06);
    }
}
