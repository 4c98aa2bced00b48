package imageferry.ledger;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A ledger that forwards all calls to another one. A test overrides some of them. */
public abstract class ForwardingLedger implements Ledger {
    private final Ledger ledger;

    protected ForwardingLedger(Ledger ledger) {
        this.ledger = ledger;
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
        return ledger.commit(writes);
    }

    @Override
    public void put(Key key, Item item) {
        ledger.put(key, item);
    }
}
