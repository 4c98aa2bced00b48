package imageferry.ledger;

/**
 * Counts the turns of one call that reads, and then commits on the condition that nobody changed what it read. Each refused
 * transaction means that others got on, so a few turns are enough; the bound keeps the call from going on without end where
 * records contradict each other.
 */
public final class Tries {
    static final int MOST = 10;

    private int made;

    /**
     * Begins the next turn.
     *
     * @param what the thing that others change, as a noun with its id
     * @param purpose what was to be done with it, as a participle, and what follows for the caller
     * @throws LedgerUnavailable when ten turns were made; the call may be repeated later
     */
    public void next(String what, String purpose) {
        if (made == MOST) {
            throw new LedgerUnavailable(what + " changed during each of " + MOST + " attempts; it was not " + purpose);
        }
        made++;
    }

    /** Whether no turn was made yet. */
    public boolean isFirst() {
        return made == 0;
    }
}
