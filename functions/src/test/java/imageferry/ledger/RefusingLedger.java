package imageferry.ledger;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A ledger whose every commit is refused, as if others had changed everything since it was read. */
public final class RefusingLedger implements Ledger {
    /** Far more than any use case may make; a loop without an end stops here. */
    private static final int MOST_COMMITS = 100;

    private final Ledger ledger;
    private int commits;

    public RefusingLedger(Ledger ledger) {
        this.ledger = ledger;
    }

    public int commits() {
        return commits;
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
        if (++commits > MOST_COMMITS) {
            throw new AssertionError("More than " + MOST_COMMITS + " commits were tried");
        }
        return new Commit.Refused(writes.stream()
                .map(write -> new Commit.Refusal(write, Optional.empty()))
                .toList());
    }

    @Override
    public void put(Key key, Item item) {
        ledger.put(key, item);
    }
}
