package imageferry.local.lambda;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes one line for each failure. A function that fails repeatedly gets {@value #AT_ONCE} lines, then one a minute,
 * with the number of omitted ones.
 */
public final class FailureLines implements Failures {
    private static final int AT_ONCE = 10;
    private static final Duration REFILL = Duration.ofMinutes(1);
    private static final int LONGEST = 400;

    private final Consumer<String> terminal;
    private final InstantSource clock;
    private final Map<String, Allowance> allowances = new HashMap<>();

    public FailureLines(Consumer<String> terminal, InstantSource clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public synchronized void happened(String function, String sentence, Path file) {
        var allowance = allowances.computeIfAbsent(function, first -> new Allowance(clock.instant()));
        if (allowance.takes(clock.instant())) {
            terminal.accept(function + ": " + oneLine(sentence) + " (" + file + allowance.leftOut() + ")");
        }
    }

    private static String oneLine(String sentence) {
        var line = sentence.strip().replaceAll("\\s+", " ");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }

    /** The number of lines that a function may write now. */
    private static final class Allowance {
        private int lines = AT_ONCE;
        private int leftOut;
        private Instant refilled;

        Allowance(Instant now) {
            refilled = now;
        }

        boolean takes(Instant now) {
            var more = Duration.between(refilled, now).dividedBy(REFILL);
            if (more > 0) {
                lines = (int) Math.min(AT_ONCE, lines + more);
                refilled = refilled.plus(REFILL.multipliedBy(more));
            }
            if (lines == 0) {
                leftOut++;
                return false;
            }
            lines--;
            return true;
        }

        String leftOut() {
            var text = leftOut == 0 ? "" : "; " + leftOut + " more since the last line";
            leftOut = 0;
            return text;
        }
    }
}
