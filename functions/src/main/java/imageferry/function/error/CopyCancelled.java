package imageferry.function.error;

/** The copy was cancelled, failed or finished by another process; this step has nothing more to do. */
public final class CopyCancelled extends RuntimeException {
    /** @param reason a code, a colon and a sentence, as a {@code Reason} writes itself */
    public CopyCancelled(String reason) {
        super(reason);
    }
}
