package imageferry.ledger;

import java.util.HashSet;
import java.util.List;

/** One item's part in a transaction: the change, and its condition. */
public sealed interface Write {
    Key key();

    Condition condition();

    record Put(Key key, Item item, Condition condition) implements Write {}

    /** Changes some attributes; creates the item where the condition allows that it is absent. */
    record Update(Key key, List<Change> changes, Condition condition) implements Write {
        public Update {
            changes = Change.disjoint(changes);
            if (changes.isEmpty()) {
                throw new IllegalArgumentException("The update of " + key + " changes nothing; make it a check");
            }
        }
    }

    /** Removes the item. An absent one is ignored if the condition allows it. */
    record Delete(Key key, Condition condition) implements Write {}

    /** Changes nothing, but must hold for the others to happen. */
    record Check(Key key, Condition condition) implements Write {
        public Check {
            if (condition.asksNothing()) {
                throw new IllegalArgumentException("The check of " + key + " asks nothing; leave it out");
            }
        }
    }

    /**
     * The writes as one transaction.
     *
     * @throws IllegalArgumentException when there are none, more than 100, or two of the same key
     */
    static List<Write> transaction(List<Write> writes) {
        if (writes.isEmpty() || writes.size() > 100) {
            throw new IllegalArgumentException("A transaction has 1 to 100 writes, not " + writes.size());
        }
        var keys = new HashSet<Key>();
        for (var write : writes) {
            if (!keys.add(write.key())) {
                throw new IllegalArgumentException(
                        "A transaction writes " + write.key() + " twice; say all that happens to an item in one write");
            }
        }
        return List.copyOf(writes);
    }

    /** Writes an item that must not be there yet. */
    static Write create(Key key, Item item) {
        return new Put(key, item, Condition.absent());
    }

    static Write update(Key key, Condition condition, Change... changes) {
        return new Update(key, List.of(changes), condition);
    }

    static Write update(Key key, Condition condition, List<Change> changes) {
        return new Update(key, changes, condition);
    }

    static Write delete(Key key) {
        return new Delete(key, Condition.always());
    }

    static Write delete(Key key, Condition condition) {
        return new Delete(key, condition);
    }

    static Write check(Key key, Condition condition) {
        return new Check(key, condition);
    }
}
