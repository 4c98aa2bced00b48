package imageferry.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many histories, each of which must keep every rule. See docs/simulation.md for how to run more. */
@Tag("slow")
final class SimulationTest {
    /** From this number of histories on, each fault must occur. */
    private static final int REACHING_ALL = 20_000;

    private static final int HISTORIES = 5_000;

    @BeforeEach
    void thisJdkLetsTestsScheduleThreads() {
        Assumptions.assumeTrue(VirtualThreads.available(), VirtualThreads.WHAT_IS_NEEDED);
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
            end.troubles().forEach(trouble -> reached.merge(kind(trouble), 1L, Long::sum));
        }

        if (histories >= REACHING_ALL) {
            reachesAll(reached);
        }
    }

    /** Ordinary histories seldom have queues of several accounts. */
    @Test
    void every_history_with_long_queues_keeps_every_rule() {
        var histories = Integer.getInteger("simulation.histories", HISTORIES) / 5;
        var first = Long.getLong("simulation.seed", 1);
        for (var seed = first; seed < first + histories; seed++) {
            var plan = Plan.of(seed).crowded();
            History.run(plan, false).broken().ifPresent(broken -> fail(Report.of(plan, broken)));
        }
    }

    /** A simulation that never reaches the difficult situations would keep every rule, too. */
    private static void reachesAll(Map<String, Long> reached) {
        assertThat(reached.keySet())
                .contains("OUTAGE")
                .containsAll(Arrays.stream(OutsideFault.values())
                        // Occurs about once in all histories, so any change may lose it. SweepingOrphansTest produces
                        // it.
                        .filter(trouble -> trouble != OutsideFault.LANDED_AFTER_ABORT)
                        .map(OutsideFault::name)
                        .toList())
                .contains(
                        "Available copy",
                        "Available copy, resumed",
                        "Cancelled CopyCancelled",
                        "Failed ExecutionEnded",
                        "Failed OperationDenied.TicketRejected",
                        "Failed SnapshotCorrupt",
                        "Failed SourceChanged",
                        "Failed TemporarilyUnavailable")
                .contains(
                        "copies InvalidImageName.Duplicated",
                        "copies QuotaExceed.Copy",
                        "copies QuotaExceed.Image",
                        "shares QuotaExceed.Share",
                        "cancels IncorrectImageStatus",
                        "approves IncorrectTicketStatus",
                        "deletes OperationDenied.ImageCopying",
                        "deletes ImageUsingByInstance",
                        "lands SourceChanged",
                        "lands InvalidImageName.Duplicated",
                        "lands QuotaExceed.Image",
                        "lands for nothing",
                        "lands in the place of another")
                .doesNotContain("Failed InternalError");
        for (var verb : List.of(
                "imports",
                "copies",
                "cancels",
                "retries",
                "deletes",
                "restores",
                "purges",
                "shares",
                "unshares",
                "boots",
                "lands")) {
            assertThat(reached).containsKey(verb + " accepted");
        }
    }

    /** The fault without its location. */
    private static String kind(String trouble) {
        return trouble.substring(0, trouble.indexOf(' '));
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
