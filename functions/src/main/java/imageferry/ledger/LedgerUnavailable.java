package imageferry.ledger;

/** The store could not be reached, or stayed busy, for all the tries that one call may make. */
public final class LedgerUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LedgerUnavailable(String message, Throwable cause) {
        super(message, cause);
    }

    /** Others changed what was read each time before the transaction that it was read for. */
    public LedgerUnavailable(String message) {
        super(message);
    }
}
