package imageferry.function.error;

/** S3 or DynamoDB asked us to come back later; the state machine does. */
public final class TemporarilyUnavailable extends RuntimeException {
    public TemporarilyUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
