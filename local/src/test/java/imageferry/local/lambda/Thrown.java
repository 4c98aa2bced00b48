package imageferry.local.lambda;

/** What Lambda tells of a handler that threw, for tests of other packages. */
public final class Thrown {
    private Thrown() {}

    public static byte[] payload(Throwable thrown) {
        return FunctionErrors.thrown(thrown).payload();
    }
}
