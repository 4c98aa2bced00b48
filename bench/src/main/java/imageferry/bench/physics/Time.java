package imageferry.bench.physics;

import java.time.Duration;
import java.time.InstantSource;

/** The clock that a simulated store waits by. */
public interface Time extends InstantSource {

    /** Nanoseconds since some moment that stays the same. */
    long nanos();

    /** Lets the calling thread wait. */
    void sleep(Duration time) throws InterruptedException;
}
