package imageferry.local.command;

import imageferry.local.cloud.CannotStart;

/** The user can remove the trouble; the message is one sentence that says what, which value and how. */
final class Explained extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int TROUBLE = 1;
    private static final int MISUSE = 2;

    /** The exit status of the command. */
    final int status;

    private Explained(String sentence, int status) {
        super(sentence);
        this.status = status;
    }

    Explained(String sentence) {
        this(sentence, TROUBLE);
    }

    /** An argument is wrong by itself, whatever there is on this machine. */
    static Explained misuse(String sentence) {
        return new Explained(sentence, MISUSE);
    }

    static Explained of(CannotStart reason) {
        return new Explained(String.valueOf(reason.getMessage()), reason.isMisuse() ? MISUSE : TROUBLE);
    }
}
