package imageferry.snapshot;

/** The source was deleted or overwritten while it was being copied; nothing of the two versions may be mixed. */
public final class SourceChanged extends RuntimeException {
    public SourceChanged(String message, Throwable cause) {
        super(message, cause);
    }

    public SourceChanged(String message) {
        super(message);
    }
}
