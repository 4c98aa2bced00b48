package imageferry.bench.report;

import java.util.ArrayList;
import java.util.List;

/** The part of docs/bench.md that a run writes, between two marks. The text around it is written by hand. */
public final class ResultsPage {
    private static final String BEGIN = "<!-- ./imageferry bench writes from here -->";
    private static final String END = "<!-- to here -->";

    private ResultsPage() {}

    /**
     * Replaces the results on the page.
     *
     * @throws IllegalArgumentException when the marks are missing
     */
    public static String with(String page, List<String> about, List<Goal> goals, List<Row> rows) {
        var begin = page.indexOf(BEGIN);
        var end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException(
                    "docs/bench.md has no marks for the results: \"" + BEGIN + "\" and \"" + END + "\"");
        }
        return page.substring(0, begin + BEGIN.length())
                + "\n\n"
                + String.join("\n", results(about, goals, rows))
                + "\n\n"
                + page.substring(end);
    }

    private static List<String> results(List<String> about, List<Goal> goals, List<Row> rows) {
        var lines = new ArrayList<String>();
        about.forEach(line -> lines.add("- " + line));
        lines.add("");
        lines.add("| goal | result | found | missed at |");
        lines.add("|---|---|---|---|");
        goals.forEach(goal -> lines.add("| %s | %s | %s | %s |"
                .formatted(goal.goal(), goal.reached() ? "reached" : "**missed**", goal.found(), goal.missedAt())));
        for (var calibration : rows.stream().map(Row::calibration).distinct().toList()) {
            lines.add("");
            lines.add("### " + calibration);
            lines.add("");
            lines.addAll(Table.markdown(rows.stream()
                    .filter(row -> row.calibration().equals(calibration))
                    .toList()));
        }
        return lines;
    }
}
