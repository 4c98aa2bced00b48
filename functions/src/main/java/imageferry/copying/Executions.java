package imageferry.copying;

import imageferry.id.CopyId;

/** The running workflows: one execution per copy, named by the copy's id. */
public interface Executions {
    /** Starts the copy's execution; one that exists already, running or closed, is left alone. */
    void start(CopyId copy);

    /** The state of the copy's execution. */
    State state(CopyId copy);

    /** Lets a parked execution go on; a token that is spent or timed out counts as delivered. */
    void go(CopyId copy, Wake wake);

    /** Lets a parked execution fail with that reason; a token that is spent or timed out counts as delivered. */
    void stop(CopyId copy, Wake wake, Reason reason);

    enum State {
        ABSENT,
        RUNNING,
        /** It reached its end, so the copy was available. */
        SUCCEEDED,
        /** It was stopped, timed out, or ended with a failure. */
        FAILED
    }
}
