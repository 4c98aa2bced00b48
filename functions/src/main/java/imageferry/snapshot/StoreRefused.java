package imageferry.snapshot;

/** The store refused permanently: a right is missing, or the request breaks one of its rules. */
public class StoreRefused extends RuntimeException {
    public StoreRefused(String message, Throwable cause) {
        super(message, cause);
    }

    public StoreRefused(String message) {
        super(message);
    }
}
