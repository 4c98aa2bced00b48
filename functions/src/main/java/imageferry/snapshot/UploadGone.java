package imageferry.snapshot;

/** The upload was completed or aborted by somebody else. */
public final class UploadGone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UploadGone(String message, Throwable cause) {
        super(message, cause);
    }

    public UploadGone(String message) {
        super(message);
    }
}
