package imageferry.local.machine;

import java.time.Instant;

/** Schedules actions by a clock. */
public interface Timers {
    /** Runs a short action at that time, or soon if it has passed. */
    Timer at(Instant time, Runnable action);

    interface Timer {
        /** Does nothing if it has run. */
        void cancel();
    }
}
