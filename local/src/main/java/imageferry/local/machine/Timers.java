package imageferry.local.machine;

import java.time.Instant;

/** Lets something happen at a time of the clock that goes with it. */
public interface Timers {

    /** Runs a short action at that time, or soon if it has passed. */
    Timer at(Instant time, Runnable action);

    /** Something that has yet to happen. */
    interface Timer {

        /** Does nothing if it has happened. */
        void cancel();
    }
}
