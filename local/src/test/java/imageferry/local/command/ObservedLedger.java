package imageferry.local.command;

import imageferry.ledger.Commit;
import imageferry.ledger.InMemoryLedger;
import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.ledger.Ledger;
import imageferry.ledger.Page;
import imageferry.ledger.Query;
import imageferry.ledger.Write;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A ledger that tells of every transaction that was done, one after the other. */
final class ObservedLedger implements Ledger {

    interface Observer {
        /** @param before the whole ledger as it was just before these writes */
        void done(List<Write> writes, Map<Key, Item> before);
    }

    private final InMemoryLedger ledger = new InMemoryLedger();
    private final List<Observer> observers = new CopyOnWriteArrayList<>();

    void observe(Observer observer) {
        observers.add(observer);
    }

    Map<Key, Item> contents() {
        return ledger.contents();
    }

    @Override
    public synchronized Commit commit(List<Write> writes) {
        var before = ledger.contents();
        var commit = ledger.commit(writes);
        if (commit.done()) {
            observers.forEach(observer -> observer.done(writes, before));
        }
        return commit;
    }

    @Override
    public synchronized void put(Key key, Item item) {
        ledger.put(key, item);
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
}
