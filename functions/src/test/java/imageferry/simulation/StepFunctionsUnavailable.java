package imageferry.simulation;

/** Step Functions could not be reached. The outcome of the call is unknown. */
final class StepFunctionsUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StepFunctionsUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
