package imageferry.copying.transfer;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** The wait before something is started, or started again. */
@FunctionalInterface
public interface Pause {
    /**
     * Waits.
     *
     * @param least the minimum time
     * @param spread the maximum of additional time
     */
    void last(Duration least, Duration spread) throws InterruptedException;

    /**
     * Adds a random time, so that calls that were refused together do not repeat together.
     *
     * @param random may be asked by many threads at once
     */
    static Pause jittered(RandomGenerator random) {
        return (least, spread) -> Thread.sleep(length(least, spread, random));
    }

    static Duration length(Duration least, Duration spread, RandomGenerator random) {
        return spread.isPositive() ? least.plusNanos(random.nextLong(spread.toNanos())) : least;
    }
}
