package imageferry.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.bench.model.PeerModel;
import imageferry.bench.physics.Calibration;
import imageferry.bench.physics.Mishaps;
import imageferry.bench.report.Row;
import imageferry.bench.tool.Job;
import imageferry.bench.tool.Peers;
import imageferry.bench.tool.Tool;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The engine and a peer through HTTP, on physics so fast that nobody waits. */
class OverTheWireTest {
    private static final long MIB = 1L << 20;
    private static final Calibration FAST = physics("FAST", 1e6, Mishaps.NONE);

    private static final VirtualRuns MODELS = new VirtualRuns(1);

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
    void transfer_manager_copies_there_and_asks_for_as_much_as_its_model() throws Exception {
        var peer = Peers.all().getLast();
        var defaults = MeasuredRuns.peer(peer, false, FAST, 64 * MIB);
        var tuned = MeasuredRuns.peer(peer, true, FAST, 64 * MIB);

        assertThat(defaults.failure()).isNull();
        assertThat(defaults.requests())
                .isEqualTo(8 + 3)
                .isEqualTo(MODELS.peer(peer.model(), FAST, 64 * MIB).requests());
        assertThat(tuned.failure()).isNull();
        assertThat(tuned.requests())
                .isEqualTo(13 + 3)
                .isEqualTo(MODELS.tuned(peer.model(), FAST, 64 * MIB).requests());
        assertThat(tuned.width()).isEqualTo(VirtualRuns.WIDTH);
    }

    /** As rclone up to 1.63: whatever it is told, and so it is held against the bound of one stream. */
    @Test
    void a_tool_that_copies_one_part_at_a_time_has_a_width_of_one() throws Exception {
        var peer = new Sequential(Peers.all().getLast());

        assertThat(MeasuredRuns.peer(peer, false, FAST, 64 * MIB).width()).isEqualTo(1);
        assertThat(MeasuredRuns.peer(peer, true, FAST, 64 * MIB).width()).isEqualTo(1);
    }

    private record Sequential(Tool tool) implements Tool {
        @Override
        public String name() {
            return tool.name();
        }

        @Override
        public Optional<String> version() throws IOException, InterruptedException {
            return tool.version();
        }

        @Override
        public String howToInstall() {
            return tool.howToInstall();
        }

        @Override
        public PeerModel model() {
            return tool.model();
        }

        @Override
        public int widthOfParts(int told) {
            return 1;
        }

        @Override
        public void copy(Job job, boolean tuned, Runnable begin) throws IOException, InterruptedException {
            tool.copy(job, tuned, begin);
        }
    }
}
