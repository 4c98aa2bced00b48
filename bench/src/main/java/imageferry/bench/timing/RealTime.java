package imageferry.bench.timing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The machine's own clock, not scaled. */
public final class RealTime implements Time {
    @Override
    public Instant instant() {
        return InstantSource.system().instant();
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public void sleep(Duration time) throws InterruptedException {
        Thread.sleep(time);
    }
}
