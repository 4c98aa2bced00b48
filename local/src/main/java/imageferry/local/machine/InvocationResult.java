package imageferry.local.machine;

/** How a call of a function ended; nobody changes a payload or compares two. */
@SuppressWarnings("ArrayRecordComponent")
public sealed interface InvocationResult {

    /** The function answered. */
    record Answer(byte[] payload) implements InvocationResult {}

    /** The function threw; the payload is JSON with {@code errorMessage}, {@code errorType} and {@code stackTrace}. */
    record FunctionError(byte[] payload) implements InvocationResult {}

    /** Lambda itself refused or failed, such as {@code Lambda.TooManyRequestsException}. */
    record ServiceError(String error, String cause) implements InvocationResult {}
}
