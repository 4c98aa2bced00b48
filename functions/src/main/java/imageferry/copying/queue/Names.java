package imageferry.copying.queue;

import imageferry.account.AccountId;
import imageferry.copying.queue.Turns.Head;
import imageferry.copying.queue.WaitingLine.Waiting;
import imageferry.ledger.Change;
import imageferry.ledger.Query;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The names of waiting accounts in a region's item, each with the place of the account's first copy. Where there is no room for
 * another name, the item has the first place in the line of all from which on accounts may have none.
 */
record Names(SlotUse use) {
    /** Every name makes each write of the item larger. Requests at the same time may add some more. */
    static final int MOST = 100;

    private static final String WAITS = "waits ";
    private static final String UNNAMED = "unnamedFrom";

    List<Head> heads() {
        return use.item().attributes().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(WAITS))
                .map(entry -> new Head(
                        new AccountId(entry.getKey().substring(WAITS.length())),
                        entry.getValue().toString()))
                .toList();
    }

    private boolean has(AccountId account) {
        return use.item().has(WAITS + account);
    }

    private boolean haveRoom() {
        return heads().size() < MOST;
    }

    /** The place from which on accounts are to be named, if there is room for one. */
    Optional<String> unnamedFrom() {
        return use.item().maybeText(UNNAMED).filter(_ -> haveRoom());
    }

    /** Names an account that joins the queue, unless it has a name. It must not depend on what others do at the same time. */
    Change joined(AccountId account, String place) {
        return Change.putIfAbsent(has(account) || haveRoom() ? WAITS + account : UNNAMED, place);
    }

    /** Names an account whose first copy is this one now; null when none of its copies waits. */
    Change first(AccountId account, @Nullable Waiting first) {
        if (first == null) {
            return Change.remove(WAITS + account);
        }
        return has(account) || haveRoom()
                ? Change.put(WAITS + account, first.place())
                : Change.put(UNNAMED, earlier(first.place()));
    }

    private String earlier(String place) {
        return use.item()
                .maybeText(UNNAMED)
                .filter(from -> Query.ORDER.compare(from, place) < 0)
                .orElse(place);
    }

    /**
     * Names the accounts of a part of the line, as far as there is room.
     *
     * @param part begins at the first place from which on accounts may have no name
     * @param isLast whether the line ends with it
     */
    List<Change> found(List<Waiting> part, boolean isLast) {
        var changes = new ArrayList<Change>();
        var named = new HashSet<>(heads().stream().map(Head::account).toList());
        for (var waiting : part) {
            if (waiting.isOwned() && !named.contains(waiting.owner())) {
                if (named.size() >= MOST) {
                    changes.add(Change.put(UNNAMED, waiting.place()));
                    return changes;
                }
                named.add(waiting.owner());
                changes.add(Change.put(WAITS + waiting.owner(), waiting.place()));
            }
        }
        changes.add(
                isLast
                        ? Change.remove(UNNAMED)
                        : Change.put(UNNAMED, part.getLast().place()));
        return changes;
    }
}
