package imageferry.function.error;

/** A rule no longer holds for the copy; trying again would not help. */
public final class CopyRejected extends RuntimeException {
    /** @param reason a code, a colon and a sentence, as a {@code Reason} writes itself */
    public CopyRejected(String reason) {
        super(reason);
    }
}
