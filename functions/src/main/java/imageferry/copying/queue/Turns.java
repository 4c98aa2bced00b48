package imageferry.copying.queue;

import imageferry.account.AccountId;
import imageferry.ledger.Query;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * Rule 6: decides which account gets the next slot. It is the one that waits longest among the accounts below the cap, or
 * among all where every account that waits has reached it.
 *
 * @param slotsPerAccount the cap
 */
record Turns(long slotsPerAccount) {
    /**
     * The first copy of a waiting account.
     *
     * @param place in the queue; the smallest one has waited longest
     */
    record Head(AccountId account, String place) {}

    /** @param held the number of slots of each account; an absent account has none */
    Optional<Head> next(Collection<Head> heads, Map<AccountId, Long> held) {
        var oldest = Comparator.comparing(Head::place, Query.ORDER);
        return heads.stream()
                .filter(head -> held.getOrDefault(head.account(), 0L) < slotsPerAccount)
                .min(oldest)
                .or(() -> heads.stream().min(oldest));
    }
}
