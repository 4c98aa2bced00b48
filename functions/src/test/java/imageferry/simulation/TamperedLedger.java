package imageferry.simulation;

import imageferry.ledger.Change;
import imageferry.ledger.Commit;
import imageferry.ledger.Condition;
import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.ledger.Ledger;
import imageferry.ledger.Page;
import imageferry.ledger.Query;
import imageferry.ledger.Write;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A ledger that changes some calls, as if a use case had written something else. */
record TamperedLedger(Ledger ledger, UnaryOperator<Write> writes, UnaryOperator<Query> queries) implements Ledger {
    /** Replaces the given writes. */
    static UnaryOperator<Ledger> writing(UnaryOperator<Write> writes) {
        return ledger -> new TamperedLedger(ledger, writes, same -> same);
    }

    /** Replaces the given queries. */
    static UnaryOperator<Ledger> asking(UnaryOperator<Query> queries) {
        return ledger -> new TamperedLedger(ledger, same -> same, queries);
    }

    /** Removes matching conditions from writes of items whose keys have this prefix. */
    static UnaryOperator<Ledger> without(String partition, Predicate<Condition> meant) {
        return writing(write -> write.key().partition().startsWith(partition) ? without(write, meant) : write);
    }

    /** Replaces the changes of items whose keys have this prefix. */
    static UnaryOperator<Ledger> changing(String partition, UnaryOperator<Change> change) {
        return writing(write -> write instanceof Write.Update(var key, var changes, var condition)
                        && key.partition().startsWith(partition)
                ? new Write.Update(key, changes.stream().map(change).toList(), condition)
                : write);
    }

    private static Write without(Write write, Predicate<Condition> meant) {
        var condition = without(write.condition(), meant);
        return switch (write) {
            case Write.Put put -> new Write.Put(put.key(), put.item(), condition);
            case Write.Update update -> new Write.Update(update.key(), update.changes(), condition);
            case Write.Delete delete -> new Write.Delete(delete.key(), condition);
            case Write.Check check -> check;
        };
    }

    private static Condition without(Condition condition, Predicate<Condition> meant) {
        if (meant.test(condition)) {
            return Condition.always();
        }
        return condition instanceof Condition.All(var all)
                ? new Condition.All(all.stream().map(one -> without(one, meant)).toList())
                : condition;
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
        return ledger.query(queries.apply(query));
    }

    /** A refusal names the original writes. */
    @Override
    public Commit commit(List<Write> meant) {
        var made = new ArrayList<Write>();
        var back = new HashMap<Key, Write>();
        for (var write : meant) {
            made.add(writes.apply(write));
            back.put(write.key(), write);
        }
        return switch (ledger.commit(made)) {
            case Commit.Done done -> done;
            case Commit.Refused(var refusals) ->
                new Commit.Refused(refusals.stream()
                        .map(refusal -> new Commit.Refusal(
                                back.getOrDefault(refusal.write().key(), refusal.write()), refusal.current()))
                        .toList());
        };
    }

    @Override
    public void put(Key key, Item item) {
        ledger.put(key, item);
    }
}
