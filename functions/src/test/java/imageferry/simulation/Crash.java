package imageferry.simulation;

/** Ends a thread of a dead invocation. An error, so that no code under test catches it. */
final class Crash extends Error {
    Crash(String where) {
        super(where, null, false, false);
    }
}
