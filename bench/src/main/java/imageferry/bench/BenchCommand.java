package imageferry.bench;

import imageferry.bench.micro.Micro;
import imageferry.bench.report.Chart;
import imageferry.bench.report.Goal;
import imageferry.bench.report.Goals;
import imageferry.bench.report.ResultsPage;
import imageferry.bench.report.Row;
import imageferry.bench.report.Rows;
import imageferry.bench.report.Table;
import imageferry.bench.start.ColdStarts;
import imageferry.bench.timing.VirtualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the bench and reports its results. */
@Command(
        name = "imageferry bench",
        description = "Copies with our engine and with common tools on one simulated S3, and writes docs/bench.svg,"
                + " docs/bench.json and the results in docs/bench.md.",
        mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Also write the rows to this file. Only an earlier result is overwritten.")
    @Nullable
    Path json;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "Measure each short copy N times, and show the median. Default: ${DEFAULT-VALUE}.")
    int rounds = 1;

    @Option(names = "--model", description = "Virtual time only: 20 seconds, and no other tool is needed.")
    boolean modelOnly;

    @Option(names = "--jmh", description = "Instead, run the JMH benchmarks of computations in a function: 5 minutes.")
    boolean micro;

    @Option(
            names = "--cold-start",
            description =
                    "Instead, measure how long functions of functions.zip take to start. With --rounds 7: 1 minute.")
    boolean coldStart;

    @Override
    public Integer call() throws Exception {
        if (rounds < 1) {
            throw new ParameterException(spec.commandLine(), "--rounds is " + rounds + "; give a number of at least 1");
        }
        if (json != null) {
            refuseFileOfOthers(json);
        }
        if (micro) {
            Micro.run();
            return 0;
        }
        if (coldStart) {
            new ColdStarts(this::say, rounds).run(home().resolve("functions/target/functions.zip"));
            return 0;
        }
        if (!VirtualTime.isAvailable()) {
            spec.commandLine()
                    .getErr()
                    .println("Virtual time needs a JDK 25 started with --add-opens java.base/java.lang=ALL-UNNAMED;"
                            + " start the bench with ./imageferry bench");
            return 1;
        }
        var bench = new Bench(this::say, rounds);
        if (!modelOnly) {
            bench.measure();
        }
        bench.model();
        report(bench);
        return 0;
    }

    /** Checked before measuring, which takes minutes. */
    private void refuseFileOfOthers(Path file) {
        try {
            if (Files.exists(file)) {
                Rows.of(Files.readString(file));
            } else if (!Files.isDirectory(file.toAbsolutePath().resolveSibling("."))) {
                throw new ParameterException(
                        spec.commandLine(), "The folder of " + file + " does not exist: create it first");
            }
        } catch (IOException | IllegalArgumentException notRows) {
            throw new ParameterException(
                    spec.commandLine(),
                    file + " is not an earlier result of the bench and is not overwritten: name another file");
        }
    }

    private void report(Bench bench) throws IOException {
        var rows = bench.rows();
        for (var calibration : rows.stream().map(Row::calibration).distinct().toList()) {
            say("");
            say(calibration);
            Table.lines(rows.stream()
                            .filter(row -> row.calibration().equals(calibration))
                            .toList())
                    .forEach(this::say);
        }
        say("");
        var goals = Goals.check(rows);
        goals.forEach(goal -> say(goal.line()));
        say("");
        bench.about().forEach(this::say);
        write(bench, rows, goals);
    }

    private void write(Bench bench, List<Row> rows, List<Goal> goals) throws IOException {
        if (json != null) {
            Files.writeString(json, Rows.json(rows));
            say("Rows: " + json);
        }
        var docs = home().resolve("docs");
        if (modelOnly || !Files.isDirectory(docs)) {
            return;
        }
        Files.writeString(docs.resolve("bench.json"), Rows.json(rows));
        Files.writeString(docs.resolve("bench.svg"), new Chart(rows).svg());
        var page = docs.resolve("bench.md");
        Files.writeString(page, ResultsPage.with(Files.readString(page), bench.about(), goals, rows));
        say("Chart: docs/bench.svg, results: docs/bench.md, rows: docs/bench.json");
        say("Now update the reasons under \"Missed goals\" in docs/bench.md: they are written by hand");
    }

    private static Path home() {
        return Path.of(System.getProperty("imageferry.home", "."));
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
    }
}
