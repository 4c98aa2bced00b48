package imageferry.local.machine;

import java.time.Clock;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * The external dependencies of an execution.
 *
 * @param timers use the same clock
 * @param random for jitter and task tokens; used from many threads at once
 * @param writable whether the data disk can be written
 */
public record Environment(
        FunctionInvoker functions, Clock clock, Timers timers, RandomGenerator random, BooleanSupplier writable) {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    /**
     * Waits while the disk cannot be written. A function called on a full disk would fail and use up the state's
     * retries, so that the execution would fail for a reason that AWS does not have.
     */
    void awaitWritable() throws InterruptedException {
        while (!writable.getAsBoolean()) {
            Workers.sleepUntil(clock.instant().plus(BETWEEN_LOOKS), timers);
        }
    }
}
