package imageferry.local.command;

import imageferry.local.cloud.CannotStart;

/** A failure that the user can fix. The message is one sentence: the problem, the value and the fix. */
final class Explained extends RuntimeException {
    private static final int TROUBLE = 1;
    private static final int MISUSE = 2;

    final int status;

    private Explained(String sentence, int status) {
        super(sentence);
        this.status = status;
    }

    Explained(String sentence) {
        this(sentence, TROUBLE);
    }

    /** Returns the failure for an argument that is wrong by itself, whatever the state of this machine. */
    static Explained misuse(String sentence) {
        return new Explained(sentence, MISUSE);
    }

    static Explained of(CannotStart reason) {
        return new Explained(String.valueOf(reason.getMessage()), reason.isMisuse() ? MISUSE : TROUBLE);
    }
}
