package imageferry.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** Many histories, each of which must keep every rule. */
final class SimulationTest {

    @Test
    void every_history_keeps_every_rule() {
        var histories = Integer.getInteger("simulation.histories", 200);
        var first = Long.getLong("simulation.seed", 1);
        var failures = new java.util.TreeMap<String, Long>();
        var begin = System.nanoTime();
        long events = 0;
        for (var seed = first; seed < first + histories; seed++) {
            var setting = Setting.of(seed);
            var end = History.run(seed, setting, Act.of(seed, setting), History.Defects.NONE, Set.of(), false);
            events += end.events();
            if (end.broken().isPresent()) {
                var s = seed;
                failures.computeIfAbsent(end.broken().get().rule(), r -> s);
            }
        }
        System.out.println(
                histories + " histories in " + (System.nanoTime() - begin) / 1_000_000 + " ms, " + events + " events");
        for (var failure : failures.entrySet()) {
            var setting = Setting.of(failure.getValue());
            var end = History.run(
                    failure.getValue(),
                    setting,
                    Act.of(failure.getValue(), setting),
                    History.Defects.NONE,
                    Set.of(),
                    true);
            System.out.println("SEED " + failure.getValue() + " " + setting);
            end.trace().forEach(System.out::println);
            System.out.println(end.troubles());
            System.out.println("SEED " + failure.getValue() + " " + end.broken());
        }
        assertThat(failures).isEmpty();
    }
}
