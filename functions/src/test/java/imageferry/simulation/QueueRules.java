package imageferry.simulation;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import imageferry.ledger.Item;
import imageferry.ledger.Moments;
import imageferry.simulation.WiredLedger.Alteration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Rule 6: at most N copies, and at most M of an account while another one waits. The first to come is served first, and a slot
 * is given back with its copy's end.
 */
final class QueueRules {
    private static final String WAITING = "WAIT#";

    private final HistorySettings setting;
    private final Verdict verdict;
    private final Table table;
    private final InstantSource clock;
    /** When each copy joined the queue, as sortable text. Its own {@code queuedAt} is a little earlier. */
    private final Map<String, String> joinedAt = new HashMap<>();

    QueueRules(HistorySettings setting, Verdict verdict, Table table, InstantSource clock) {
        this.setting = setting;
        this.verdict = verdict;
        this.table = table;
        this.clock = clock;
    }

    void check(Changes changes) {
        changes.of("REGION#", WAITING)
                .filter(change -> change.before().isEmpty() && change.after().isPresent())
                .forEach(
                        change -> joinedAt.put(change.after().get().text("copyId"), Moments.sortable(clock.instant())));
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
                checkTurn(change.key().partition(), table.copy(copy).orElseThrow(), before);
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

    /** Checks a grant against all that wait at this moment, as a grant is made on the current queue or not at all. */
    private void checkTurn(String region, Item granted, Set<String> holders) {
        var held = holders.stream()
                .map(copy -> table.copy(copy).orElseThrow())
                .collect(groupingBy(copy -> copy.text("owner"), counting()));
        var hadRoom = hasRoom(granted, held);
        table.entries(region, WAITING)
                .map(entry -> table.copy(entry.getValue().text("copyId")).orElseThrow())
                .filter(waiting -> waiting.text("status").equals("Waiting"))
                .forEach(waiting -> {
                    if (waiting.text("owner").equals(granted.text("owner"))) {
                        verdict.require(
                                !isEarlier(waiting, granted),
                                "First come, first served within an account",
                                () -> granted + " was granted before " + waiting);
                        return;
                    }
                    verdict.require(
                            hadRoom || !hasRoom(waiting, held),
                            "No account passes its cap while another one waits",
                            () -> granted + " was granted before " + waiting);
                    verdict.require(
                            !isEarlier(waiting, granted)
                                    || joinedLater(waiting, granted)
                                    || hadRoom != hasRoom(waiting, held),
                            "First come, first served",
                            () -> granted + " was granted before " + waiting);
                });
    }

    private boolean hasRoom(Item copy, Map<String, Long> held) {
        return held.getOrDefault(copy.text("owner"), 0L) < setting.accountCap();
    }

    private static boolean isEarlier(Item one, Item other) {
        return place(one).compareTo(place(other)) < 0;
    }

    private static String place(Item copy) {
        return copy.text("queuedAt") + "#" + copy.text("copyId");
    }

    /** Copies that join at the same time may be recorded in another order than that of their clocks. */
    private boolean joinedLater(Item copy, Item than) {
        return joinedAt.get(copy.text("copyId")).compareTo(than.text("queuedAt")) >= 0;
    }
}
