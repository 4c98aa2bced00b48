package imageferry.ledger;

/** The store could not be reached, or stayed busy, for all the tries that one call may make. */
public final class LedgerUnavailable extends RuntimeException {
    public LedgerUnavailable(String message, Throwable cause) {
        super(message, cause);
    }

    /** For a transaction that was refused at each try, as others had changed the records that it read. */
    public LedgerUnavailable(String message) {
        super(message);
    }
}
