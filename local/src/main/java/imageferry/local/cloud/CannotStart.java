package imageferry.local.cloud;

import imageferry.local.template.ValueRefused;

/** The local cloud cannot start for a reason that its user can remove; the message is for them and says how. */
public final class CannotStart extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CannotStart(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    /** Whether a value that the user chose is never right, whatever else runs on this machine. */
    public boolean isMisuse() {
        return getCause() instanceof ValueRefused;
    }
}
