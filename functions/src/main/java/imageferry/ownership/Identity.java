package imageferry.ownership;

import imageferry.id.Ids;
import imageferry.id.LedgerId;
import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.ledger.Ledger;
import imageferry.ledger.Write;
import java.util.List;
import java.util.Optional;

/** The id of this installation's table. It is random, created once, and stored in the table itself. */
public record Identity(Ledger ledger, Ids ids) {
    private static final Key KEY = new Key("LEDGER", "LEDGER");
    private static final String ID = "ledgerId";

    /** The id; empty for a table that never owned a bucket. */
    Optional<LedgerId> find() {
        return ledger.read(KEY).map(item -> new LedgerId(item.text(ID)));
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
