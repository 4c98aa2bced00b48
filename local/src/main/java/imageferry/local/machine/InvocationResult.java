package imageferry.local.machine;

/** The result of a function call. Payloads are never changed or compared. */
@SuppressWarnings("ArrayRecordComponent")
public sealed interface InvocationResult {
    record Answer(byte[] payload) implements InvocationResult {}

    /** The function threw; the payload is JSON with {@code errorMessage}, {@code errorType} and {@code stackTrace}. */
    record FunctionError(byte[] payload) implements InvocationResult {}

    /** Lambda itself refused or failed, such as {@code Lambda.TooManyRequestsException}. */
    record ServiceError(String error, String cause) implements InvocationResult {}
}
