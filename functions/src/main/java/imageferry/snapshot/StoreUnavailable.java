package imageferry.snapshot;

/** The store could not be reached, or stayed busy, for all the tries that one call may make. */
public class StoreUnavailable extends RuntimeException {
    public StoreUnavailable(String message, Throwable cause) {
        super(message, cause);
    }

    public StoreUnavailable(String message) {
        super(message);
    }
}
