package imageferry.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Many histories, each of which must keep every rule. */
final class SimulationTest {

    @Test
    void every_history_keeps_every_rule() {
        var histories = Integer.getInteger("simulation.histories", 200);
        var first = Long.getLong("simulation.seed", 1);
        var failures = new TreeMap<String, Long>();
        for (var seed = first; seed < first + histories; seed++) {
            var end = History.run(Plan.of(seed), false);
            if (end.broken().isPresent()) {
                failures.putIfAbsent(end.broken().get().rule(), seed);
            }
        }

        assertThat(failures).isEmpty();
    }
}
