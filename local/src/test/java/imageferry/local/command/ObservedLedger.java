package imageferry.local.command;

import imageferry.ledger.Commit;
import imageferry.ledger.ForwardingLedger;
import imageferry.ledger.InMemoryLedger;
import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.ledger.Write;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A ledger that reports every successful transaction, one after the other. */
final class ObservedLedger extends ForwardingLedger {
    interface Observer {
        /** @param before the whole ledger just before these writes */
        void done(List<Write> writes, Map<Key, Item> before);
    }

    private final InMemoryLedger ledger;
    private final List<Observer> observers = new CopyOnWriteArrayList<>();

    ObservedLedger() {
        this(new InMemoryLedger());
    }

    private ObservedLedger(InMemoryLedger ledger) {
        super(ledger);
        this.ledger = ledger;
    }

    void observe(Observer observer) {
        observers.add(observer);
    }

    Map<Key, Item> contents() {
        return ledger.contents();
    }

    @Override
    public synchronized Commit commit(List<Write> writes) {
        var before = ledger.contents();
        var commit = super.commit(writes);
        if (commit.done()) {
            observers.forEach(observer -> observer.done(writes, before));
        }
        return commit;
    }

    @Override
    public synchronized void put(Key key, Item item) {
        super.put(key, item);
    }
}
