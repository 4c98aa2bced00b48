package imageferry.simulation;

import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.simulation.WiredLedger.Alteration;
import java.util.HashMap;
import java.util.Map;

/** Rule 6: at most N copies, first come first served, and a slot is given back with its copy's end. */
final class QueueRules {
    private static final String WAITING = "WAIT#";

    private final HistorySettings setting;
    private final Verdict verdict;
    private final Table table;
    private final VirtualThreads strands;
    private final Map<String, Long> cameAt = new HashMap<>();
    private final Map<String, Long> firstAt = new HashMap<>();

    QueueRules(HistorySettings setting, Verdict verdict, Table table, VirtualThreads strands) {
        this.setting = setting;
        this.verdict = verdict;
        this.table = table;
        this.strands = strands;
    }

    /** The service reads the head of the queue. */
    void looked(String region) {
        table.entries(region, WAITING)
                .findFirst()
                .ifPresent(first -> firstAt.put(first.getValue().text("copyId"), strands.now()));
    }

    void check(Changes changes) {
        changes.of("REGION#", WAITING)
                .filter(change -> change.before().isEmpty() && change.after().isPresent())
                .forEach(change -> cameAt.put(change.after().get().text("copyId"), strands.now()));
        changes.of("REGION#", "SLOTS").forEach(change -> check(change, changes));
    }

    private void check(Alteration change, Changes changes) {
        var before = change.before().orElse(Item.empty()).map("holders").keySet();
        var after = change.after().orElse(Item.empty()).map("holders").keySet();
        for (var copy : after) {
            if (!before.contains(copy)) {
                verdict.require(
                        after.size() <= setting.slotsPerRegion(),
                        "A region never runs more copies than N",
                        () -> change);
                checkTurn(change.key(), copy);
            }
        }
        for (var copy : before) {
            verdict.require(
                    after.contains(copy)
                            || changes.after("COPY#" + copy, "COPY")
                                    .filter(ended -> CopyRules.ENDED.contains(ended.text("status")))
                                    .isPresent(),
                    "A slot goes with its copy's end",
                    () -> change);
        }
    }

    /** A copy that joins while a grant is in progress is too late for that grant. Its clock does not matter. */
    private void checkTurn(Key region, String granted) {
        var place = WAITING + table.copy(granted).orElseThrow().text("queuedAt") + "#" + granted;
        var seen = firstAt.getOrDefault(granted, -1L);
        verdict.require(seen >= 0, "First come, first served", () -> granted + " was granted and never first");
        table.entries(region.partition(), WAITING)
                .filter(entry -> entry.getKey().sort().compareTo(place) < 0)
                .map(entry -> table.copy(entry.getValue().text("copyId")).orElseThrow())
                .filter(earlier -> cameAt.get(earlier.text("copyId")) <= seen)
                .forEach(earlier -> verdict.require(
                        !earlier.text("status").equals("Waiting"),
                        "First come, first served",
                        () -> granted + " was granted before " + earlier));
    }
}
