package imageferry.ledger;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the records. Everything that a race could break is a condition of one {@link #commit}.
 *
 * <p>Every method may throw {@link LedgerUnavailable} when the store stays throttled, in conflict or out of reach after
 * its own bounded tries; the caller then does not know whether a commit happened, and must read before it decides.
 */
public interface Ledger {
    /** The item as the last finished commit left it. */
    Optional<Item> read(Key key);

    /** Returns the existing ones of these items, each consistent in itself; at most 100 keys. */
    Map<Key, Item> read(Collection<Key> keys);

    /**
     * One page; an index may lag behind the table by moments. A page that ended at its limit of reads has the position
     * to continue at.
     */
    Page query(Query query);

    /**
     * Makes all writes or none; at most 100, no two of the same key. Retrying after an unknown outcome inside this call
     * is safe: the store recognises the transaction.
     */
    Commit commit(List<Write> writes);

    /**
     * Sets these attributes of one item that no rule depends on (progress), without a condition. The item is made where it is
     * absent, and its other attributes stay, so that many can write to one item at once.
     */
    void put(Key key, Item item);
}
