package imageferry.fault;

/** The process dies here. An error, so that no code under test catches it. */
public final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    Crash(String where) {
        super(where);
    }
}
