package imageferry.bench;

import imageferry.bench.model.PeerModel;
import imageferry.bench.report.Row;
import imageferry.bench.run.MeasuredRuns;
import imageferry.bench.run.VirtualRuns;
import imageferry.bench.timing.Calibration;
import imageferry.bench.tool.Peers;
import imageferry.bench.tool.Tool;
import imageferry.snapshot.PartPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Plans and runs the copies of a bench, and collects their rows. */
final class Bench {
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;
    private static final long TIB = 1L << 40;
    private static final List<Long> MEASURED = List.of(64 * MIB, 256 * MIB, GIB);
    private static final List<Long> MODELLED =
            List.of(64 * MIB, 256 * MIB, GIB, 10 * GIB, 40 * GIB, 500 * GIB, 5 * TIB, PartPlan.MAX_SIZE_BYTES);
    /** Copies that take longer mostly wait, so they run side by side after the others. */
    private static final Duration LONG = Duration.ofSeconds(20);

    private static final long SEED = 20_261_125;

    private final Consumer<String> say;
    private final int rounds;
    private final List<Row> rows = new ArrayList<>();
    private final List<String> about = new ArrayList<>();

    Bench(Consumer<String> say, int rounds) {
        this.say = say;
        this.rounds = rounds;
    }

    /** Copy that is measured. */
    private record Planned(String words, boolean isLong, Callable<Row> run) {}

    List<Row> rows() {
        return rows.stream()
                .sorted(Comparator.comparingInt((Row row) -> order(row.calibration()))
                        .thenComparingLong(Row::sizeBytes)
                        .thenComparing(Row::kind)
                        .thenComparing(row -> !row.tool().equals(Row.OURS))
                        .thenComparing(Row::tool)
                        .thenComparing(Row::settings))
                .toList();
    }

    private static int order(String calibration) {
        return Calibration.ALL.stream().map(Calibration::name).toList().indexOf(calibration);
    }

    /** Returns the versions and settings of the run. */
    List<String> about() {
        return List.copyOf(about);
    }

    /** Makes the measured copies, with every installed tool. */
    void measure() throws Exception {
        var peers = present();
        warmUp(peers);
        var planned = planned(peers);
        say.accept("Measuring %s copies, each in real time".formatted(planned.size()));
        for (var one : planned) {
            if (!one.isLong()) {
                say.accept("  " + one.words());
                rows.add(median(one));
            }
        }
        var waiting = planned.stream().filter(Planned::isLong).toList();
        say.accept("  and %s long ones side by side:".formatted(waiting.size()));
        waiting.forEach(one -> say.accept("  " + one.words()));
        together(waiting);
        about.add("Measured on %s processors, %s of each short copy; clocks are not scaled"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        rounds == 1 ? "one round" : "the median of %s rounds".formatted(rounds)));
    }

    private List<Tool> present() throws Exception {
        var present = new ArrayList<Tool>();
        for (var peer : Peers.all()) {
            var version = peer.version();
            about.add(version.map(words -> peer.name() + ": " + words)
                    .orElse("%s: not installed; to measure it: %s".formatted(peer.name(), peer.howToInstall())));
            if (version.isPresent()) {
                present.add(peer);
            }
        }
        about.forEach(say);
        return present;
    }

    /** Lets the JVM compile the tools that run in it, as in the second call of a server or a function. */
    private void warmUp(List<Tool> peers) throws Exception {
        say.accept("Warming up");
        for (var size : List.of(64 * MIB, GIB, GIB, GIB, GIB)) {
            MeasuredRuns.ours(Calibration.SAME_REGION, size);
            for (var peer : peers) {
                if (peer.name().equals(PeerModel.TRANSFER_MANAGER.name())) {
                    MeasuredRuns.peer(peer, true, Calibration.SAME_REGION, size);
                }
            }
        }
    }

    private static List<Planned> planned(List<Tool> peers) {
        var planned = new ArrayList<Planned>();
        for (var calibration : Calibration.ALL) {
            for (var size : calibration.equals(Calibration.THROTTLED) ? List.of(GIB) : MEASURED) {
                planned.add(new Planned(
                        words(calibration, size, Row.OURS, Row.DEFAULTS),
                        false,
                        () -> MeasuredRuns.ours(calibration, size)));
                for (var peer : peers) {
                    planned.add(planned(peer, false, calibration, size));
                    if (peer.model().isTunable()) {
                        planned.add(planned(peer, true, calibration, size));
                    }
                }
            }
        }
        return planned;
    }

    private static Planned planned(Tool peer, boolean tuned, Calibration calibration, long size) {
        var expected = MeasuredRuns.expected(peer, tuned, calibration, size);
        return new Planned(
                words(calibration, size, peer.name(), tuned ? Row.TUNED : Row.DEFAULTS),
                expected.compareTo(LONG) > 0,
                () -> MeasuredRuns.peer(peer, tuned, calibration, size));
    }

    private static String words(Calibration calibration, long size, String tool, String settings) {
        return "%s, %s MiB: %s, %s".formatted(calibration, size / MIB, tool, settings);
    }

    private Row median(Planned one) throws Exception {
        var runs = new ArrayList<Row>();
        for (var round = 0; round < rounds; round++) {
            runs.add(one.run().call());
        }
        runs.sort(Comparator.comparingDouble(row -> row.seconds() == null ? Double.MAX_VALUE : row.seconds()));
        return runs.get(rounds / 2);
    }

    private void together(List<Planned> waiting) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var runs = waiting.stream().map(one -> threads.submit(one.run())).toList();
            for (var run : runs) {
                rows.add(run.get());
            }
        }
    }

    /** Makes the copies in virtual time, with our own classes and with models of the peers. */
    void model() throws Exception {
        say.accept("Copying in virtual time");
        var runs = new VirtualRuns(SEED);
        for (var calibration : Calibration.ALL) {
            for (var size : MODELLED) {
                rows.add(runs.ours(calibration, size));
                for (var peer : PeerModel.ALL) {
                    rows.add(runs.peer(peer, calibration, size));
                    if (peer.isTunable()) {
                        rows.add(runs.tuned(peer, calibration, size));
                    }
                }
            }
        }
        about.add("In virtual time, ours is the deployed code, and peers are models of their documented defaults");
    }
}
