package imageferry.local.machine;

import java.time.Clock;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * All that an execution touches outside of itself.
 *
 * @param timers go by the same clock
 * @param random for jitter and task tokens; used from many threads, so it must bear that
 * @param writable whether this machine's disk can be written
 */
public record Surroundings(
        FunctionInvoker functions, Clock clock, Timers timers, RandomGenerator random, BooleanSupplier writable) {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    /**
     * Waits while the disk cannot be written. A function that is called meanwhile would fail, and the state's retries would be
     * used up, so that the execution fails for a reason that AWS does not have.
     */
    void awaitWritable() throws InterruptedException {
        while (!writable.getAsBoolean()) {
            Workers.sleepUntil(clock.instant().plus(BETWEEN_LOOKS), timers);
        }
    }
}
