package imageferry.simulation;

/** All information to understand a broken history, and to repeat it. */
final class Report {
    private Report() {}

    /** The original history, reduced step by step. */
    static String of(Plan plan, Verdict.Broken broken) {
        var smallest = Shrinker.shrink(plan, broken.rule());
        var end = History.run(smallest, true);
        return """

               Broken: %s
               Seed %d, replayed with -Dsimulation.seed=%d -Dsimulation.histories=1

               The smallest history of this seed that breaks the rule:
               %s

               HistorySettings: %s
               Acts: %s
               FaultInjector: %s
               Broken: %s
               """.formatted(
                        broken,
                        plan.seed(),
                        plan.seed(),
                        String.join("\n", end.trace()),
                        plan.setting(),
                        smallest.acts(),
                        end.troubles(),
                        end.broken().orElseThrow());
    }
}
