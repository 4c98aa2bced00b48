package imageferry.bench.store;

/** An answer of S3 that is an error. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String reason;

    Refusal(int status, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.reason = message;
    }

    /** The HTTP status; 200 when S3 found out too late to say so. */
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
}
