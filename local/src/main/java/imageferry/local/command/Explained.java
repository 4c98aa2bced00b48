package imageferry.local.command;

/** A trouble of the user's side, in one sentence that says what, which value and how to mend it. */
final class Explained extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Explained(String sentence) {
        super(sentence);
    }
}
