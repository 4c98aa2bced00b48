package imageferry.local.machine;

/** Calls Lambda functions; the runner calls it from many threads at once. */
public interface FunctionInvoker {
    /**
     * Calls a function and waits for its answer. Errors of the function or the service are an {@link InvocationResult},
     * never an exception.
     *
     * @param payload JSON
     * @throws InterruptedException if the process closes during the call
     */
    InvocationResult invoke(String functionName, byte[] payload) throws InterruptedException;
}
