package imageferry.bench.store;

import java.time.Duration;

/** An answer of S3 that is an error, or that its client does not wait for. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What a client says of itself when it no longer waits. */
    static final String NO_ANSWER = "NoAnswer";

    private final int status;
    private final String code;
    private final String reason;

    Refusal(int status, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.reason = message;
    }

    /** The HTTP status; 200 when S3 found out too late to say so, and 0 when there is none. */
    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    /** In a sentence. */
    public String reason() {
        return reason;
    }

    static Refusal noSuchKey() {
        return new Refusal(404, "NoSuchKey", "The specified key does not exist.");
    }

    static Refusal noSuchUpload() {
        return new Refusal(404, "NoSuchUpload", "The upload was completed, aborted or never opened.");
    }

    static Refusal precondition(String which) {
        return new Refusal(412, "PreconditionFailed", "The condition " + which + " did not hold.");
    }

    static Refusal invalidPart(String why) {
        return new Refusal(400, "InvalidPart", why);
    }

    static Refusal noAnswer(Duration patience) {
        return new Refusal(0, NO_ANSWER, "No answer in " + patience.toSeconds() + " s");
    }
}
