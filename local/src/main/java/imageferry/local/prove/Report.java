package imageferry.local.prove;

import imageferry.rule.Count;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** The report of a run, as Markdown. */
record Report(Settings settings, Instant start, List<String> estimate, List<Entry> entries) {
    String markdown() {
        var lines = new ArrayList<String>();
        lines.add("# " + title());
        lines.add("");
        lines.add("- **Installation:** " + settings.installation());
        lines.add("- **Regions:** " + String.join(", ", settings.regions()));
        lines.add("- **Endpoint:** "
                + settings.emulator()
                        .map(endpoint -> endpoint + " (an emulator)")
                        .orElse("AWS"));
        lines.add("- **Disk:** " + Count.of(settings.bytes(), "byte"));
        lines.add("- **Started:** " + start.truncatedTo(ChronoUnit.SECONDS));
        lines.add("- **Result:** " + summary());
        lines.add("- **Left:** " + left());
        lines.add("");
        lines.add("| step | asked | seen | result | seconds |");
        lines.add("|---|---|---|---|--:|");
        entries.forEach(entry -> lines.add(row(entry)));
        lines.add("");
        lines.add("Cost, as estimated before the start:");
        lines.add("");
        estimate.forEach(line -> lines.add("- " + line));
        return String.join("\n", lines) + "\n";
    }

    /** Returns whether every step passed, or could not be shown, and nothing remains. */
    boolean isGood() {
        return entries.stream().noneMatch(entry -> entry.outcome() instanceof Outcome.Failed);
    }

    String summary() {
        return "%d passed, %d failed, %d only AWS can show, %d skipped"
                .formatted(
                        count(Outcome.Passed.class),
                        count(Outcome.Failed.class),
                        count(Outcome.OnlyAws.class),
                        count(Outcome.Skipped.class));
    }

    /** The removal is the last step. */
    private String left() {
        return entries.getLast().outcome() instanceof Outcome.Passed
                ? "nothing"
                : entries.getLast().outcome().text();
    }

    private long count(Class<? extends Outcome> kind) {
        return entries.stream()
                .filter(entry -> kind.isInstance(entry.outcome()))
                .count();
    }

    private String title() {
        if (entries.size() == 1) {
            return "Leftovers of " + settings.installation();
        }
        return isGood() ? "Imageferry works here, as far as this run shows" : "Something does not work here";
    }

    private static String row(Entry entry) {
        return "| " + cell(entry.name()) + " | " + cell(entry.asked()) + " | "
                + cell(entry.outcome().text()) + " | " + entry.outcome().word() + " | "
                + Count.of(entry.duration().toSeconds()) + " |";
    }

    /** A cell has one line, and its text no separator of columns. */
    private static String cell(String text) {
        return text.replaceAll("\\s+", " ").replace("|", "\\|").strip();
    }
}
