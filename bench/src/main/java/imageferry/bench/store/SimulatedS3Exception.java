package imageferry.bench.store;

import java.time.Duration;

/** Error response of S3, or none within the time that the client waits. */
public final class SimulatedS3Exception extends RuntimeException {
    /** Error code of a client that stopped waiting. */
    static final String NO_ANSWER = "NoAnswer";

    private final int status;
    private final String code;
    private final String reason;

    SimulatedS3Exception(int status, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.reason = message;
    }

    /** Returns the HTTP status; 200 for an error after the header was sent, 0 without a response. */
    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    /** Returns the message, one sentence. */
    public String reason() {
        return reason;
    }

    static SimulatedS3Exception noSuchKey() {
        return new SimulatedS3Exception(404, "NoSuchKey", "The specified key does not exist.");
    }

    static SimulatedS3Exception noSuchUpload() {
        return new SimulatedS3Exception(404, "NoSuchUpload", "The upload was completed, aborted or never opened.");
    }

    static SimulatedS3Exception precondition(String which) {
        return new SimulatedS3Exception(412, "PreconditionFailed", "The condition " + which + " did not hold.");
    }

    static SimulatedS3Exception invalidPart(String why) {
        return new SimulatedS3Exception(400, "InvalidPart", why);
    }

    static SimulatedS3Exception noAnswer(Duration patience) {
        return new SimulatedS3Exception(0, NO_ANSWER, "No answer in " + patience.toSeconds() + " s");
    }
}
