package imageferry.snapshot;

/** The store answers, but one aborted upload still has parts. Nothing is known against other calls to its region. */
public final class UploadStillOpen extends StoreUnavailable {
    public UploadStillOpen(String message) {
        super(message);
    }
}
