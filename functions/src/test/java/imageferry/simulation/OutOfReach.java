package imageferry.simulation;

/** Step Functions could not be reached. The outcome of the call is unknown. */
final class OutOfReach extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OutOfReach(String message, Throwable cause) {
        super(message, cause);
    }
}
