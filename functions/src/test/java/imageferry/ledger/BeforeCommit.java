package imageferry.ledger;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A ledger before whose first commit something else happens. */
public final class BeforeCommit implements Ledger {
    private final Ledger ledger;
    private Optional<Runnable> happening;

    public BeforeCommit(Ledger ledger, Runnable happening) {
        this.ledger = ledger;
        this.happening = Optional.of(happening);
    }

    @Override
    public Optional<Item> read(Key key) {
        return ledger.read(key);
    }

    @Override
    public Map<Key, Item> read(Collection<Key> keys) {
        return ledger.read(keys);
    }

    @Override
    public Page query(Query query) {
        return ledger.query(query);
    }

    @Override
    public Commit commit(List<Write> writes) {
        var now = happening;
        happening = Optional.empty();
        now.ifPresent(Runnable::run);
        return ledger.commit(writes);
    }

    @Override
    public void put(Key key, Item item) {
        ledger.put(key, item);
    }
}
