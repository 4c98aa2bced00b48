package imageferry.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many histories, each of which must keep every rule; see docs/simulation.md for how to run more. */
final class SimulationTest {
    private static final int HISTORIES = 20_000;

    @BeforeEach
    void thisJdkLetsTestsScheduleThreads() {
        Assumptions.assumeTrue(Strands.available(), Strands.WHAT_IS_NEEDED);
    }

    @Test
    void every_history_keeps_every_rule() {
        var histories = Integer.getInteger("simulation.histories", HISTORIES);
        var first = Long.getLong("simulation.seed", 1);
        var reached = new TreeMap<String, Long>();
        for (var seed = first; seed < first + histories; seed++) {
            var plan = Plan.of(seed);
            var end = History.run(plan, false);
            end.broken().ifPresent(broken -> fail(Report.of(plan, broken)));
            end.reached().forEach((what, times) -> reached.merge(what, times, Long::sum));
        }

        if (histories >= HISTORIES) {
            reachesAll(reached);
        }
    }

    /** A simulation that never comes to the hard parts would keep every rule, too. */
    private static void reachesAll(Map<String, Long> reached) {
        assertThat(reached.keySet()).contains("Available copy", "Available copy, resumed");
    }

    @Test
    void the_same_seed_gives_the_same_history() {
        for (var seed = 1; seed <= 50; seed++) {
            var once = History.run(Plan.of(seed), true);
            var again = History.run(Plan.of(seed), true);

            assertThat(again.trace()).isEqualTo(once.trace()).isNotEmpty();
            assertThat(History.run(Plan.of(seed), false).fingerprint()).isEqualTo(once.fingerprint());
        }
    }
}
