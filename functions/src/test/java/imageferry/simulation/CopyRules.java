package imageferry.simulation;

import imageferry.ledger.Item;
import imageferry.simulation.WiredLedger.Alteration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Rule 7 and the states of a copy: no step back, one end, and the request's values never change. */
final class CopyRules {
    static final Set<String> LIVE = Set.of("PendingApproval", "Waiting", "Copying");
    static final Set<String> DECIDED = Set.of("Cancelling", "Failing");
    static final Set<String> ENDED = Set.of("Available", "Cancelled", "Failed");

    private static final Map<String, Set<String>> LEADS_TO = Map.of(
            "PendingApproval", Set.of("PendingApproval", "Waiting", "Cancelling", "Failing"),
            "Waiting", Set.of("Waiting", "PendingApproval", "Copying", "Cancelling", "Failing"),
            "Copying", Set.of("Copying", "Available", "Cancelling", "Failing"),
            "Cancelling", Set.of("Cancelling", "Cancelled"),
            "Failing", Set.of("Failing", "Failed"),
            "Available", Set.of("Available"),
            "Cancelled", Set.of("Cancelled"),
            "Failed", Set.of("Failed"));

    private static final List<String> FIXED = List.of(
            "owner",
            "requestedBy",
            "sourceRegion",
            "sourceKey",
            "sourceImageId",
            "sourceETag",
            "imageId",
            "snapshotId",
            "region",
            "bytesTotal",
            "partSizeBytes",
            "shareWith",
            "retryOf",
            "groupId",
            "createdAt");

    private static final List<String> SET_ONCE =
            List.of("queuedAt", "ticketId", "reason", "endedBy", "endedAt", "checksum", "continuedBy");

    private final Verdict verdict;

    CopyRules(Verdict verdict) {
        this.verdict = verdict;
    }

    void check(Changes changes) {
        changes.of("COPY#", "COPY").forEach(this::check);
    }

    private void check(Alteration change) {
        if (change.after().isEmpty()) {
            verdict.breaks("A copy is never deleted", change);
            return;
        }
        var after = change.after().get();
        var status = after.text("status");
        if (change.before().isEmpty()) {
            verdict.require(
                    Set.of("PendingApproval", "Waiting").contains(status)
                            || (status.equals("Failed") && after.flag("refused")),
                    "A copy begins by waiting, or is refused before it begins",
                    () -> after);
            return;
        }
        var before = change.before().get();
        verdict.require(
                LEADS_TO.get(before.text("status")).contains(status),
                "A copy has no way back",
                () -> "from " + before + " to " + after);
        for (var name : FIXED) {
            verdict.require(same(before, after, name), "What a request fixed stays", () -> name + " of " + after);
        }
        for (var name : SET_ONCE) {
            verdict.require(
                    !before.has(name) || same(before, after, name),
                    "What was decided stays",
                    () -> name + " of " + before + " became "
                            + after.attributes().get(name));
        }
        verdict.require(!ENDED.contains(status) || !after.has("wake"), "No token outlives its copy", () -> after);
        verdict.require(
                ENDED.contains(status) || after.has("unfinished"),
                "The sweeper sees every unfinished copy",
                () -> after);
        verdict.require(ENDED.contains(status) == after.has("endedAt"), "A copy that ended says when", () -> after);
    }

    private static boolean same(Item before, Item after, String name) {
        return Objects.equals(before.attributes().get(name), after.attributes().get(name));
    }
}
