package imageferry.local.lambda;

/** Lambda's report of a handler's exception, for tests of other packages. */
public final class Thrown {
    private Thrown() {}

    public static byte[] payload(Throwable thrown) {
        return FunctionErrors.thrown(thrown).payload();
    }
}
