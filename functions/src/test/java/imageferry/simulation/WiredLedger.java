package imageferry.simulation;

import imageferry.ledger.Commit;
import imageferry.ledger.InMemoryLedger;
import imageferry.ledger.Index;
import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.ledger.Ledger;
import imageferry.ledger.LedgerUnavailable;
import imageferry.ledger.Page;
import imageferry.ledger.Query;
import imageferry.ledger.Write;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The ledger, called through the simulated wire. Reports each commit's changes to a watcher. */
final class WiredLedger implements Ledger {
    private final InMemoryLedger table;
    private final Ledger ledger;
    private final Function<Query, Page> index;
    private final Wire wire;
    private final Consumer<List<Alteration>> watcher;

    /**
     * One item's change in a commit.
     *
     * @param before absent when the item is new
     * @param after absent when it was deleted
     */
    record Alteration(Key key, Optional<Item> before, Optional<Item> after) {}

    /**
     * Wires a ledger.
     *
     * @param table contains all items
     * @param ledger changes the table, faithfully or with a defect
     * @param index answers queries of secondary indexes
     * @param watcher receives each commit's changes
     */
    WiredLedger(
            InMemoryLedger table,
            Ledger ledger,
            Function<Query, Page> index,
            Wire wire,
            Consumer<List<Alteration>> watcher) {
        this.table = table;
        this.ledger = ledger;
        this.index = index;
        this.wire = wire;
        this.watcher = watcher;
    }

    @Override
    public Optional<Item> read(Key key) {
        return wire.call(Wire.READ, key, () -> ledger.read(key), LedgerUnavailable::new);
    }

    @Override
    public Map<Key, Item> read(Collection<Key> keys) {
        return wire.call("Ledger.read all", keys, () -> ledger.read(keys), LedgerUnavailable::new);
    }

    @Override
    public Page query(Query query) {
        return wire.call("Ledger.query", query.partition(), () -> answer(query), LedgerUnavailable::new);
    }

    private Page answer(Query query) {
        return query.index() == Index.TABLE ? ledger.query(query) : index.apply(query);
    }

    @Override
    public Commit commit(List<Write> writes) {
        return wire.call(
                "Ledger.commit",
                writes,
                () -> {
                    var keys = writes.stream().map(Write::key).toList();
                    var before = table.read(keys);
                    var commit = ledger.commit(writes);
                    if (commit.done()) {
                        watcher.accept(alterations(keys, before));
                    }
                    return commit;
                },
                LedgerUnavailable::new);
    }

    private List<Alteration> alterations(List<Key> keys, Map<Key, Item> before) {
        var after = table.read(keys);
        var alterations = new ArrayList<Alteration>();
        for (var key : keys) {
            alterations.add(
                    new Alteration(key, Optional.ofNullable(before.get(key)), Optional.ofNullable(after.get(key))));
        }
        return alterations;
    }

    @Override
    public void put(Key key, Item item) {
        wire.call(
                "Ledger.put",
                key,
                () -> {
                    ledger.put(key, item);
                    return item;
                },
                LedgerUnavailable::new);
    }
}
