package imageferry.bench.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Formats rows as a table, for a terminal and for a page. */
public final class Table {
    private static final List<String> HEAD = List.of(
            "size", "tool", "settings", "width", "time", "efficiency", "regret", "requests", "503", "cost", "kind");

    private Table() {}

    /** Characters of a failure on a terminal. The page and the JSON rows have the whole text. */
    private static final int SHOWN = 40;

    /** Returns lines with aligned columns. */
    public static List<String> lines(List<Row> rows) {
        var cells = cells(rows, SHOWN);
        var widths = new int[HEAD.size()];
        cells.forEach(row -> {
            for (var i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        return cells.stream()
                .map(row -> {
                    var line = new StringBuilder("  ");
                    for (var i = 0; i < widths.length; i++) {
                        line.append(row.get(i))
                                .append(" ".repeat(widths[i] - row.get(i).length() + 2));
                    }
                    return line.toString().stripTrailing();
                })
                .toList();
    }

    static List<String> markdown(List<Row> rows) {
        var lines = new ArrayList<String>();
        var cells = cells(rows, Integer.MAX_VALUE);
        lines.add("| " + String.join(" | ", cells.getFirst()) + " |");
        lines.add("|--:|---|---|--:|--:|--:|--:|--:|--:|--:|---|");
        cells.stream().skip(1).forEach(row -> lines.add("| " + String.join(" | ", row) + " |"));
        return lines;
    }

    private static List<List<String>> cells(List<Row> rows, int shown) {
        var cells = new ArrayList<List<String>>();
        cells.add(HEAD);
        rows.forEach(row -> cells.add(List.of(
                Units.size(row.sizeBytes()),
                row.tool(),
                row.settings(),
                "" + row.width(),
                row.failed() ? "failed: " + cut(String.valueOf(row.failure()), shown) : Units.time(row.time()),
                number(row.efficiency()),
                number(row.planRegret()),
                "" + row.requests(),
                "" + row.slowDowns(),
                Units.dollars(row.costUsd()),
                row.kind())));
        return cells;
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }

    private static String number(@Nullable Double value) {
        return value == null ? "" : Units.format("%.2f", value);
    }
}
