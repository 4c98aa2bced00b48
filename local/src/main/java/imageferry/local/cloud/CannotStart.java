package imageferry.local.cloud;

import imageferry.local.template.ValueRefused;

/** The local cloud cannot start for a reason that the user can remove. The message says how. */
public final class CannotStart extends RuntimeException {
    CannotStart(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    /** Returns whether a value of the user is wrong by itself, whatever else runs on this machine. */
    public boolean isMisuse() {
        return getCause() instanceof ValueRefused;
    }
}
