package imageferry.bench.start;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Measures the start times of functions, in turns, so that other load on the machine affects all alike. */
public final class ColdStarts {
    private final Consumer<String> say;
    private final int rounds;

    /** @param rounds starts of each function, at least 1; the report has their medians */
    public ColdStarts(Consumer<String> say, int rounds) {
        this.say = say;
        this.rounds = rounds;
    }

    /** @param zip functions.zip */
    public void run(Path zip) throws IOException, InterruptedException {
        try (var folder = new TaskRoot(zip)) {
            var sandbox = new Sandbox(folder.path());
            var starts = new LinkedHashMap<MeasuredFunction, List<Start>>();
            for (var round = 0; round < rounds; round++) {
                for (var function : MeasuredFunction.ALL) {
                    starts.computeIfAbsent(function, all -> new ArrayList<>())
                            .add(sandbox.start(function, Sandbox.LAMBDA_JVM));
                }
            }
            var all = new LinkedHashMap<MeasuredFunction, Starts>();
            starts.forEach((function, those) -> all.put(function, new Starts(those)));
            report(all).forEach(say);
        }
    }

    /** Returns the table that docs/bench.md shows. */
    static List<String> report(Map<MeasuredFunction, Starts> starts) {
        var lines = new ArrayList<String>();
        lines.add("Medians of %d starts on %d processors, in milliseconds, in a JVM as Lambda starts it:"
                .formatted(
                        starts.values().iterator().next().all().size(),
                        Runtime.getRuntime().availableProcessors()));
        lines.add("");
        lines.add(
                "| function | to its first event | first call | second call | processor time until the first answer |");
        lines.add("|---|--:|--:|--:|--:|");
        starts.forEach((function, of) -> lines.add("| %s | %.0f | %.0f | %.0f | %.0f |"
                .formatted(
                        function.name(),
                        of.median(Start::init),
                        of.median(Start::first),
                        of.median(Start::second),
                        of.median(Start::processor))));
        return lines;
    }
}
