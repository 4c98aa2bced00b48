package imageferry.ledger;

/**
 * Counts the attempts of one call that reads records, and then commits on the condition that they are unchanged. Each
 * refused transaction means that another one succeeded, so a few attempts are enough. The bound ends the call when
 * records contradict each other.
 */
public final class Tries {
    static final int MOST = 10;

    private int made;

    /**
     * Begins the next attempt.
     *
     * @param what the record that others change, as a noun with its id
     * @param purpose the intended action, as a participle, and its consequence for the caller
     * @throws LedgerUnavailable after ten attempts; the call may be repeated later
     */
    public void next(String what, String purpose) {
        if (made == MOST) {
            throw new LedgerUnavailable(what + " changed during each of " + MOST + " attempts; it was not " + purpose);
        }
        made++;
    }

    /** Returns whether no attempt has begun yet. */
    public boolean isFirst() {
        return made == 0;
    }
}
