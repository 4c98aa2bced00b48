package imageferry.ownership;

/** Nothing may be deleted in a region: its bucket is not proven to be this installation's, or deletions are paused. */
public final class DeletionRefused extends RuntimeException {
    DeletionRefused(String message) {
        super(message);
    }
}
