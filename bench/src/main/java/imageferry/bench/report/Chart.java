package imageferry.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Draws copy time over size on logarithmic axes, with a panel for each calibration. Lines are virtual time, dots were
 * measured. The colours work on light and dark backgrounds, and a line has a gap where a copy failed.
 */
public final class Chart {
    private static final int WIDTH = 920;
    private static final int PANEL = 340;
    private static final int LEFT = 90;
    private static final int RIGHT = 210;
    private static final int TOP = 46;
    private static final int BOTTOM = 44;
    private static final String INK = "#7d8590";
    private static final Map<String, String> COLOURS = colours();

    private final List<Row> rows;

    public Chart(List<Row> rows) {
        this.rows = List.copyOf(rows);
    }

    private static Map<String, String> colours() {
        var colours = new LinkedHashMap<String, String>();
        colours.put(Row.OURS, "#e8590c");
        colours.put("aws s3 cp", "#1c7ed6");
        colours.put("rclone", "#2f9e44");
        colours.put("s5cmd", "#ae3ec9");
        colours.put("TransferManager", "#0c8599");
        return colours;
    }

    /** Returns the whole drawing. */
    public String svg() {
        var calibrations = rows.stream().map(Row::calibration).distinct().toList();
        var height = calibrations.size() * PANEL;
        var svg = new StringBuilder();
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %s %s\" width=\"%s\" height=\"%s\" "
                        .formatted(WIDTH, height, WIDTH, height))
                .append("font-family=\"system-ui, sans-serif\" font-size=\"12\" fill=\"" + INK + "\">\n")
                .append("<title>Copy time over size, by tool and calibration</title>\n");
        for (var i = 0; i < calibrations.size(); i++) {
            panel(svg, calibrations.get(i), i * PANEL);
        }
        return svg.append("</svg>\n").toString();
    }

    private void panel(StringBuilder svg, String calibration, int y) {
        var all = rows.stream()
                .filter(row -> row.calibration().equals(calibration))
                .toList();
        var shown = all.stream().filter(row -> row.seconds() != null).toList();
        var axes = new Axes(shown, y);
        text(
                svg,
                LEFT,
                y + 24,
                "start",
                "<tspan font-weight=\"600\">" + calibration + "</tspan>"
                        + "  time from first request to last answer, over size");
        axes.draw(svg);
        var labels = new ArrayList<Label>();
        COLOURS.forEach((tool, colour) -> {
            for (var settings : List.of(Row.DEFAULTS, Row.TUNED)) {
                series(svg, axes, all, tool, settings, colour, labels);
            }
        });
        spread(labels)
                .forEach(label -> text(
                        svg,
                        WIDTH - RIGHT + 12,
                        label.y + 4,
                        "start",
                        "<tspan fill=\"" + label.colour + "\">" + label.text + "</tspan>"));
    }

    /** Name at the end of a line. */
    private record Label(double y, String text, String colour) {}

    private static void series(
            StringBuilder svg,
            Axes axes,
            List<Row> rows,
            String tool,
            String settings,
            String colour,
            List<Label> labels) {
        var own = rows.stream()
                .filter(row -> row.tool().equals(tool) && row.settings().equals(settings))
                .toList();
        var lines = unbroken(own.stream().filter(row -> !row.isMeasured()).toList());
        var dashes = settings.equals(Row.TUNED) ? " stroke-dasharray=\"5 4\"" : "";
        for (var line : lines) {
            var points = String.join(
                    " ",
                    line.stream()
                            .map(row -> number(axes.x(row)) + "," + number(axes.y(row)))
                            .toList());
            svg.append("<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"%s\"%s points=\"%s\"/>\n"
                    .formatted(colour, tool.equals(Row.OURS) ? "3" : "1.8", dashes, points));
        }
        if (!lines.isEmpty()) {
            var name = tool + (settings.equals(Row.TUNED) ? ", tuned" : "");
            labels.add(new Label(axes.y(lines.getLast().getLast()), name, colour));
        }
        own.stream().filter(row -> row.isMeasured() && row.seconds() != null).forEach(row -> {
            var fill = settings.equals(Row.TUNED) ? "none" : colour;
            svg.append(
                    "<circle cx=\"%s\" cy=\"%s\" r=\"4\" fill=\"%s\" stroke=\"%s\" stroke-width=\"1.5\"><title>%s</title></circle>\n"
                            .formatted(number(axes.x(row)), number(axes.y(row)), fill, colour, title(row)));
        });
    }

    /** Splits the rows at failures. */
    private static List<List<Row>> unbroken(List<Row> rows) {
        var lines = new ArrayList<List<Row>>();
        var goesOn = false;
        for (var row : rows) {
            if (row.seconds() != null) {
                if (!goesOn) {
                    lines.add(new ArrayList<>());
                }
                lines.getLast().add(row);
            }
            goesOn = row.seconds() != null;
        }
        return lines;
    }

    private static String title(Row row) {
        return "%s, %s: %s for %s"
                .formatted(row.tool(), row.settings(), Units.time(row.time()), Units.size(row.sizeBytes()));
    }

    /** Moves labels down until they no longer overlap. */
    private static List<Label> spread(List<Label> labels) {
        var spread = new ArrayList<Label>();
        var next = Double.NEGATIVE_INFINITY;
        for (var label : labels.stream()
                .sorted((one, other) -> Double.compare(one.y, other.y))
                .toList()) {
            var y = Math.max(label.y, next);
            spread.add(new Label(y, label.text, label.colour));
            next = y + 15;
        }
        return spread;
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
        svg.append(
                "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>\n".formatted(number(x), number(y), anchor, text));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /** Axes of a panel. */
    private record Axes(List<Row> rows, int top) {
        double x(Row row) {
            return x((double) row.sizeBytes());
        }

        double y(Row row) {
            return y(row.time());
        }

        private double x(double bytes) {
            var least = Math.log(rows.stream().mapToDouble(Row::sizeBytes).min().orElse(1));
            var most = Math.log(rows.stream().mapToDouble(Row::sizeBytes).max().orElse(2) + 1);
            return LEFT + (Math.log(bytes) - least) / (most - least) * (WIDTH - LEFT - RIGHT);
        }

        private double y(double seconds) {
            var most = Math.log(longest());
            var least = Math.log(0.1);
            return top + PANEL - BOTTOM - (Math.log(seconds) - least) / (most - least) * (PANEL - TOP - BOTTOM);
        }

        private double longest() {
            return rows.stream().mapToDouble(Row::time).max().orElse(1) * 1.3;
        }

        void draw(StringBuilder svg) {
            var right = WIDTH - RIGHT;
            for (var tick : new double[] {0.1, 1, 10, 60, 600, 3_600, 36_000, 360_000}) {
                if (tick <= longest()) {
                    line(svg, LEFT, y(tick), right, y(tick));
                    text(svg, LEFT - 8, y(tick) + 4, "end", name(tick));
                }
            }
            var drawn = Double.NEGATIVE_INFINITY;
            for (var size :
                    rows.stream().map(Row::sizeBytes).distinct().sorted().toList()) {
                if (x((double) size) - drawn > 34) {
                    drawn = x((double) size);
                    text(svg, x((double) size), top + PANEL - BOTTOM + 20, "middle", Units.size(size));
                }
            }
        }

        private static String name(double seconds) {
            if (seconds < 60) {
                return Units.format(seconds < 1 ? "%.1f s" : "%.0f s", seconds);
            }
            return Units.format(seconds < 3_600 ? "%.0f min" : "%.0f h", seconds / (seconds < 3_600 ? 60 : 3_600));
        }

        private static void line(StringBuilder svg, double x1, double y1, double x2, double y2) {
            svg.append("<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"%s\" stroke-opacity=\"0.3\"/>\n"
                    .formatted(number(x1), number(y1), number(x2), number(y2), INK));
        }
    }
}
