package imageferry.ownership;

import imageferry.id.Ids;
import imageferry.id.LedgerId;
import imageferry.ledger.Change;
import imageferry.ledger.Commit;
import imageferry.ledger.Condition;
import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.ledger.Ledger;
import imageferry.ledger.Write;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The id of this installation's table, and whether the table was restored from a backup. The id is random, created once, and
 * stored in the table itself.
 */
public record Identity(Ledger ledger, Ids ids) {
    private static final Key KEY = new Key("LEDGER", "LEDGER");
    private static final String ID = "ledgerId";
    /** {@code ./stacks restore} writes it into the restored table before any function uses that. */
    private static final String RESTORED_AT = "restoredAt";

    /** The id; empty for a table that never owned a bucket. */
    Optional<LedgerId> find() {
        return ledger.read(KEY).map(item -> new LedgerId(item.text(ID)));
    }

    /** When the table was restored; empty unless a restore waits for the operator's confirmation. */
    public Optional<Instant> restoredAt() {
        return ledger.read(KEY).flatMap(item -> item.maybeInstant(RESTORED_AT));
    }

    /** Ends the wait. Returns false when the table has been restored again since. */
    public boolean confirmRestore(Instant restoredAt) {
        return ledger.read(KEY)
                .filter(item -> item.maybeInstant(RESTORED_AT)
                        .filter(restoredAt::equals)
                        .isPresent())
                .map(item -> Condition.is(RESTORED_AT, item.text(RESTORED_AT)))
                .map(same -> ledger.commit(List.of(Write.update(KEY, same, Change.remove(RESTORED_AT)))))
                .filter(Commit.Done.class::isInstance)
                .isPresent();
    }

    /** The id, which this call creates if there is none. */
    public LedgerId require() {
        return find().orElseGet(() -> {
            var created = Item.empty().with(ID, LedgerId.random(ids).value());
            // Use the stored id: another call may have created it first.
            ledger.commit(List.of(Write.create(KEY, created)));
            return find().orElseThrow();
        });
    }
}
