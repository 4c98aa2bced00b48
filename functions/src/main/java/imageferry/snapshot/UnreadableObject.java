package imageferry.snapshot;

/** The store keeps the object under a key that only its uploader has, and cannot read it without. */
public final class UnreadableObject extends StoreRefused {
    public UnreadableObject(String message, Throwable cause) {
        super(message, cause);
    }

    public UnreadableObject(String message) {
        super(message);
    }
}
