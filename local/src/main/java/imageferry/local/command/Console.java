package imageferry.local.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/** A command's output: lines, and on a terminal progress bars that stay in place. */
final class Console {
    private static final int WIDTH = 30;

    private final PrintWriter out;
    private final boolean terminal;
    private int drawn;

    @SuppressWarnings("SystemConsoleNull") // since JDK 22 it is null only in embedded JVMs, but NullAway reports it
    Console(PrintWriter out) {
        this.out = out;
        var attached = System.console();
        this.terminal = attached != null && attached.isTerminal();
    }

    void say(String line) {
        drawn = 0;
        out.println(line);
        out.flush();
    }

    /** Draws one bar per entry over the previous ones; without a terminal only the end is printed, once. */
    void bars(Map<String, Bar> bars) {
        if (!terminal) {
            return;
        }
        var text = new StringBuilder();
        if (drawn > 0) {
            text.append("\u001b[").append(drawn).append('A');
        }
        bars.forEach(
                (name, bar) -> text.append("\r\u001b[K").append(line(name, bar)).append('\n'));
        drawn = bars.size();
        out.print(text);
        out.flush();
    }

    /** Prints the final state of the bars, which stays on the screen. */
    void ended(Map<String, Bar> bars) {
        if (terminal) {
            bars(bars);
        } else {
            bars.forEach((name, bar) -> out.println(line(name, bar)));
        }
        drawn = 0;
        out.flush();
    }

    /** Prints a table with columns as wide as their contents. */
    void table(List<List<String>> rows) {
        var columns = rows.getFirst().size();
        var widths = new int[columns];
        for (var row : rows) {
            for (var i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (var row : rows) {
            var line = new StringBuilder("  ");
            for (var i = 0; i < columns; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
            }
            say(line.toString().stripTrailing());
        }
    }

    private static String line(String name, Bar bar) {
        var filled = bar.percent() * WIDTH / 100;
        return "  %-36s [%s%s] %3d%%  %s"
                .formatted(name, "#".repeat(filled), "-".repeat(WIDTH - filled), bar.percent(), bar.status());
    }

    /** The progress of a copy in percent, and its status. */
    record Bar(int percent, String status) {}
}
