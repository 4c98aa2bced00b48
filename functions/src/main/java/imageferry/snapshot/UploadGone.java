package imageferry.snapshot;

/** The upload was completed or aborted by another call. */
public final class UploadGone extends RuntimeException {
    public UploadGone(String message, Throwable cause) {
        super(message, cause);
    }

    public UploadGone(String message) {
        super(message);
    }
}
