package imageferry.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.bench.model.PeerModel;
import imageferry.bench.report.Row;
import imageferry.bench.timing.Calibration;
import imageferry.bench.timing.FaultRates;
import imageferry.bench.tool.Job;
import imageferry.bench.tool.Peers;
import imageferry.bench.tool.Tool;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the engine and a peer over HTTP, with a calibration that takes almost no time. */
@Tag("timed")
class OverTheWireTest {
    private static final long MIB = 1L << 20;
    private static final Calibration FAST = calibration("FAST", 1e6, FaultRates.NONE);

    private static final VirtualRuns MODELS = new VirtualRuns(1);

    private static Calibration calibration(String name, double copiesPerSecond, FaultRates faultRates) {
        return new Calibration(name, 1e12, Duration.ofMillis(1), Duration.ofMillis(1), copiesPerSecond, faultRates, 0);
    }

    @ParameterizedTest
    @CsvSource({"1", "67108864", "268435456"})
    void the_deployed_adapter_sends_as_many_requests_as_its_model_in_virtual_time(long size) throws Exception {
        var wired = MeasuredRuns.ours(FAST, size);
        var virtual = new VirtualRuns(1).ours(FAST, size);

        assertThat(wired.failure()).isNull();
        assertThat(wired.kind()).isEqualTo(Row.MEASURED);
        assertThat(wired.requests()).isEqualTo(virtual.requests());
    }

    @Test
    void errors_within_200_and_slow_downs_end_in_a_verified_copy() throws Exception {
        var row = MeasuredRuns.ours(calibration("ROUGH", 20, new FaultRates(0.05, 0.05)), 256 * MIB);

        assertThat(row.failure()).isNull();
        assertThat(row.slowDowns()).isPositive();
    }

    @Test
    void transfer_manager_copies_and_sends_as_many_requests_as_its_model() throws Exception {
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

    /** Like rclone up to 1.63, which ignores its setting, so it is compared with the bound of one stream. */
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
        public int widthOfParts(int configured) {
            return 1;
        }

        @Override
        public void copy(Job job, boolean tuned, Runnable begin) throws IOException, InterruptedException {
            tool.copy(job, tuned, begin);
        }
    }
}
