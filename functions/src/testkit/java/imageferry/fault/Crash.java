package imageferry.fault;

/** The process dies here. An error, so that no code under test catches it. */
public final class Crash extends Error {
    Crash(String where) {
        super(where);
    }
}
