package imageferry.bench.start;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/** Starts each function in each kind of JVM, in turns, so that what else the machine does falls on all alike. */
public final class ColdStarts {
    private final Consumer<String> say;
    private final int rounds;

    /** @param rounds at least 1; the tables have medians */
    public ColdStarts(Consumer<String> say, int rounds) {
        this.say = say;
        this.rounds = rounds;
    }

    /** @param zip functions.zip */
    public void run(Path zip) throws IOException, InterruptedException {
        try (var folder = new TaskRoot(zip)) {
            var sandbox = new Sandbox(folder.path());
            say.accept("Medians of %d starts in milliseconds, with the JVMs in turns; ratios are of init + first"
                    .formatted(rounds));
            for (var handler : Handler.ALL) {
                report(handler, starts(sandbox, handler));
                say.accept("  loads " + Classes.of(sandbox, handler));
            }
        }
    }

    private Map<Jvm, List<Start>> starts(Sandbox sandbox, Handler handler) throws IOException, InterruptedException {
        try (var archives = new TaskRoot()) {
            var jvms = Jvm.all(archives.path());
            for (var jvm : jvms) {
                if (jvm.needsTraining()) {
                    sandbox.start(handler, jvm.training());
                }
            }
            var starts = new LinkedHashMap<Jvm, List<Start>>();
            for (var round = 0; round < rounds; round++) {
                for (var jvm : jvms) {
                    starts.computeIfAbsent(jvm, all -> new ArrayList<>()).add(sandbox.start(handler, jvm.options()));
                }
            }
            return starts;
        }
    }

    private void report(Handler handler, Map<Jvm, List<Start>> starts) {
        say.accept("");
        say.accept("  %-20s %8s %8s %8s %8s %8s %8s"
                .formatted(handler.name(), "init", "first", "ratio", "cpu", "ratio", "second"));
        var usual = starts.values().iterator().next();
        starts.forEach((jvm, all) -> say.accept("  %-20s %8.0f %8.0f %8.2f %8.0f %8.2f %8.0f"
                .formatted(
                        jvm.name(),
                        median(all, Start::init),
                        median(all, Start::first),
                        median(all, Start::total) / median(usual, Start::total),
                        median(all, Start::processor),
                        median(all, Start::processor) / median(usual, Start::processor),
                        median(all, Start::second))));
    }

    private static double median(List<Start> starts, ToDoubleFunction<Start> time) {
        var times = starts.stream().mapToDouble(time).sorted().toArray();
        return times[times.length / 2];
    }
}
