package imageferry.bench.start;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What the starts came to, as docs/bench.md has it: times where Lambda's own JVM is imitated, ratios to these elsewhere.
 *
 * @param starts by function and by the JVM's name, Lambda's first
 * @param classes what each function loads
 */
record StartReport(int rounds, Map<Handler, Map<String, Starts>> starts, Map<Handler, List<String>> classes) {

    List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add("Medians of %d starts on %d processors, in milliseconds, in a JVM as Lambda starts it:"
                .formatted(rounds, Runtime.getRuntime().availableProcessors()));
        lines.add("");
        lines.add(
                "| function | to its first event | first call | second call | processor time until the first answer |");
        lines.add("|---|--:|--:|--:|--:|");
        starts.forEach((handler, byJvm) -> lines.add(times(handler, usual(byJvm))));
        lines.add("");
        lines.add("Other JVMs, in the same turns. The first number is the time until the first answer, the second the"
                + " processor time, both divided by those above:");
        lines.add("");
        lines.add("| JVM |"
                + starts.keySet().stream()
                        .map(handler -> " " + handler.name() + " |")
                        .collect(Collectors.joining()));
        lines.add("|---|" + "--:|".repeat(starts.size()));
        jvms().stream().skip(1).map(this::ratios).forEach(lines::add);
        lines.add("");
        classes.forEach(
                (handler, loaded) -> lines.add("- %s loads %s".formatted(handler.name(), Classes.told(loaded))));
        return lines;
    }

    private static String times(Handler handler, Starts of) {
        return "| %s | %.0f | %.0f | %.0f | %.0f |"
                .formatted(
                        handler.name(),
                        of.median(Start::init),
                        of.median(Start::first),
                        of.median(Start::second),
                        of.median(Start::processor));
    }

    private String ratios(String jvm) {
        return "| " + jvm + " |"
                + starts.values().stream()
                        .map(byJvm -> ratios(Objects.requireNonNull(byJvm.get(jvm)), usual(byJvm)))
                        .collect(Collectors.joining());
    }

    private static String ratios(Starts of, Starts usual) {
        return " %.2f, %.2f |"
                .formatted(
                        of.median(Start::total) / usual.median(Start::total),
                        of.median(Start::processor) / usual.median(Start::processor));
    }

    private List<String> jvms() {
        return List.copyOf(starts.values().iterator().next().keySet());
    }

    private static Starts usual(Map<String, Starts> byJvm) {
        return byJvm.values().iterator().next();
    }
}
