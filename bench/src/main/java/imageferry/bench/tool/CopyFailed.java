package imageferry.bench.tool;

/** A tool did not bring the object to its target; the message says what it said. */
public final class CopyFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CopyFailed(String message) {
        super(message);
    }
}
