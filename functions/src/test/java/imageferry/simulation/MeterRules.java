package imageferry.simulation;

import imageferry.ledger.Item;
import imageferry.simulation.WiredLedger.Alteration;
import java.util.Optional;

/** Rules 5 and 11: bytes are charged with the end of the copy that moved them, and once. Requests keep within their month. */
final class MeterRules {
    private final HistorySettings setting;
    private final Verdict verdict;

    MeterRules(HistorySettings setting, Verdict verdict) {
        this.setting = setting;
        this.verdict = verdict;
    }

    void check(Changes changes) {
        var charged = changes.of("USAGE#", "MOVED#")
                .mapToLong(change -> bytes(change.after()) - bytes(change.before()))
                .sum();
        var owed = changes.of("COPY#", "COPY").mapToLong(MeterRules::owed).sum();
        verdict.require(
                charged == owed,
                "Moved bytes are charged once",
                () -> charged + " instead of " + owed + ": " + changes);
        if (setting.bytesPerMonth() > 0 && changes.of("COPY#", "COPY").anyMatch(MeterRules::isNew)) {
            changes.of("USAGE#", "BUDGET")
                    .forEach(change -> verdict.require(
                            bytes(change.after()) <= setting.bytesPerMonth(),
                            "No request exceeds the bytes of its month",
                            () -> change));
        }
    }

    private static boolean isNew(Alteration change) {
        return change.before().isEmpty();
    }

    private static long bytes(Optional<Item> item) {
        return item.map(usage -> usage.number("bytes")).orElse(0L);
    }

    /** The charge for this change of a copy. */
    private static long owed(Alteration change) {
        if (change.before().isEmpty() || change.after().isEmpty()) {
            return 0;
        }
        var before = change.before().get();
        var after = change.after().get();
        var ends = !CopyRules.ENDED.contains(before.text("status")) && CopyRules.ENDED.contains(after.text("status"));
        if (!ends || before.text("sourceRegion").equals(before.text("region"))) {
            return 0;
        }
        var all = after.text("status").equals("Available") ? after.number("bytesTotal") : charged(after);
        return all - charged(before) - after.maybeNumber("bytesSaved").orElse(0L);
    }

    private static long charged(Item copy) {
        return copy.maybeNumber("bytesCharged").orElse(0L);
    }
}
