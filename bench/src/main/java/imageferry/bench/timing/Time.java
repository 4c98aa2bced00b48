package imageferry.bench.timing;

import java.time.Duration;
import java.time.InstantSource;

/** Clock of a simulated store, real or virtual. */
public interface Time extends InstantSource {
    /** Returns nanoseconds since a fixed but arbitrary time. */
    long nanos();

    /** Suspends the calling thread. */
    void sleep(Duration time) throws InterruptedException;
}
