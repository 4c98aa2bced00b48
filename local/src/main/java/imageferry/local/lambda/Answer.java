package imageferry.local.lambda;

/** The result of one invocation. */
public sealed interface Answer {
    /** The handler answered with this JSON. */
    @SuppressWarnings("ArrayRecordComponent") // bytes that one invocation returns to one caller
    record Returned(byte[] payload) implements Answer {}

    /**
     * The handler threw, timed out or could not be constructed; the payload is Lambda's {@code {errorMessage, errorType
     * …}}.
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Failed(String errorType, byte[] payload) implements Answer {}

    /** Lambda itself refused: the function was not run. The name is the one that Step Functions sees. */
    record Refused(String errorName, String message) implements Answer {}
}
