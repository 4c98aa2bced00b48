package imageferry.copying;

import imageferry.ledger.Item;
import imageferry.ledger.Moments;
import java.time.Instant;
import java.util.Map;

/**
 * The operator's decision on a copy's ticket. It stays with the copy.
 *
 * @param decision {@code Approved} or {@code Rejected}, as the ticket says
 * @param decidedBy the operator's principal
 */
public record Approval(String decision, String decidedBy, Instant decidedAt, String reason) {
    static Approval of(Item item) {
        return new Approval(
                item.text("decision"), item.text("decidedBy"), item.instant("decidedAt"), item.text("reason"));
    }

    public Map<String, Object> item() {
        return Map.of(
                "decision",
                decision,
                "decidedBy",
                decidedBy,
                "decidedAt",
                Moments.sortable(decidedAt),
                "reason",
                reason);
    }
}
