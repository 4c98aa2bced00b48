package imageferry.bench.tool;

/** Thrown when a tool did not copy the object; the message has its own error message. */
public final class CopyFailed extends RuntimeException {
    CopyFailed(String message) {
        super(message);
    }
}
