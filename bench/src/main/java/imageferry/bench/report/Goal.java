package imageferry.bench.report;

/**
 * A goal checked against the rows of one run.
 *
 * @param found the figures of all rows that the goal covers
 * @param missedAt where it was missed; empty when it was reached
 */
public record Goal(String goal, String found, String missedAt) {
    public boolean reached() {
        return missedAt.isEmpty();
    }

    public String line() {
        return "  %-7s %s: %s".formatted(reached() ? "reached" : "MISSED", goal, found);
    }
}
