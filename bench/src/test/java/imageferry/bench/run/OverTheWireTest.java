package imageferry.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.bench.physics.Calibration;
import imageferry.bench.physics.Mishaps;
import imageferry.bench.report.Row;
import imageferry.bench.tool.Peers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The engine and a peer through HTTP, on physics so fast that nobody waits. */
class OverTheWireTest {
    private static final long MIB = 1L << 20;
    private static final Calibration FAST = physics("FAST", 1e6, Mishaps.NONE);

    private static Calibration physics(String name, double copiesPerSecond, Mishaps mishaps) {
        return new Calibration(name, 1e12, Duration.ofMillis(1), Duration.ofMillis(1), copiesPerSecond, mishaps, 0);
    }

    @ParameterizedTest
    @CsvSource({"1", "67108864", "268435456"})
    void the_adapter_that_deploys_asks_for_the_same_as_its_stand_in_of_virtual_time(long size) throws Exception {
        var wired = MeasuredRuns.ours(FAST, size);
        var virtual = new VirtualRuns(1).ours(FAST, size);

        assertThat(wired.failure()).isNull();
        assertThat(wired.kind()).isEqualTo(Row.MEASURED);
        assertThat(wired.requests()).isEqualTo(virtual.requests());
    }

    @Test
    void errors_within_200_and_slow_downs_end_in_a_proven_copy() throws Exception {
        var row = MeasuredRuns.ours(physics("ROUGH", 40, new Mishaps(0.05, 0.05)), 512 * MIB);

        assertThat(row.failure()).isNull();
        assertThat(row.slowDowns()).isPositive();
    }

    @Test
    void transfer_manager_copies_there_with_its_defaults_and_tuned() throws Exception {
        var peer = Peers.all().getLast();
        var defaults = MeasuredRuns.peer(peer, false, FAST, 64 * MIB);
        var tuned = MeasuredRuns.peer(peer, true, FAST, 64 * MIB);

        assertThat(defaults.failure()).isNull();
        assertThat(defaults.requests()).isEqualTo(8 + 3);
        assertThat(tuned.failure()).isNull();
        assertThat(tuned.requests()).isEqualTo(13 + 3);
    }
}
