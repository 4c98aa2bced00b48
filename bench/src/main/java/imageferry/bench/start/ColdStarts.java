package imageferry.bench.start;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Starts each function in each kind of JVM, in turns, so that what else the machine does falls on all alike. */
public final class ColdStarts {
    private final Consumer<String> say;
    private final int rounds;

    /** @param rounds at least 1; what is told are medians */
    public ColdStarts(Consumer<String> say, int rounds) {
        this.say = say;
        this.rounds = rounds;
    }

    /** @param zip functions.zip */
    public void run(Path zip) throws IOException, InterruptedException {
        try (var folder = new TaskRoot(zip)) {
            var sandbox = new Sandbox(folder.path());
            var starts = new LinkedHashMap<Handler, Map<String, Starts>>();
            var classes = new LinkedHashMap<Handler, List<String>>();
            for (var handler : Handler.ALL) {
                starts.put(handler, starts(sandbox, handler));
                classes.put(handler, Classes.loaded(sandbox, handler));
            }
            new StartReport(rounds, starts, classes).lines().forEach(say);
        }
    }

    private Map<String, Starts> starts(Sandbox sandbox, Handler handler) throws IOException, InterruptedException {
        try (var archives = new TaskRoot()) {
            var jvms = Jvm.all(archives.path());
            for (var jvm : jvms) {
                if (jvm.needsTraining()) {
                    sandbox.start(handler, jvm.training());
                }
            }
            var starts = new LinkedHashMap<String, List<Start>>();
            for (var round = 0; round < rounds; round++) {
                for (var jvm : jvms) {
                    starts.computeIfAbsent(jvm.name(), all -> new ArrayList<>())
                            .add(sandbox.start(handler, jvm.options()));
                }
            }
            var all = new LinkedHashMap<String, Starts>();
            starts.forEach((jvm, those) -> all.put(jvm, new Starts(those)));
            return all;
        }
    }
}
