package imageferry.local.machine;

/** The refusal of a call, as a typed error of Step Functions. */
public final class CallRefused extends RuntimeException {
    /** The error's name on the wire, as the service spells it. */
    public enum Code {
        ExecutionAlreadyExists,
        ExecutionDoesNotExist,
        StateMachineDoesNotExist,
        InvalidArn,
        InvalidName,
        InvalidExecutionInput,
        InvalidOutput,
        InvalidToken,
        TaskDoesNotExist,
        TaskTimedOut
    }

    private final Code code;

    public CallRefused(Code code, String message) {
        super(message);
        this.code = code;
    }

    public Code code() {
        return code;
    }
}
