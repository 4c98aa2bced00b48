package imageferry.bench.report;

/**
 * One goal and what the rows say of it.
 *
 * @param found in figures
 * @param why what stands in its way; empty when it is reached
 */
public record Goal(String goal, boolean reached, String found, String why) {
    public String line() {
        return "  %-11s %s: %s%s"
                .formatted(reached ? "reached" : "not reached", goal, found, why.isEmpty() ? "" : ". " + why);
    }
}
