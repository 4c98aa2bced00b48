package imageferry.local.cloud;

/** The local cloud cannot start for a reason that its user can mend; the message is for them and says how. */
public final class CannotStart extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CannotStart(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
