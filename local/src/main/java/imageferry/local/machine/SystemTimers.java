package imageferry.local.machine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Timers on the system's time, all on one daemon thread. */
public final class SystemTimers implements Timers, AutoCloseable {
    private final Clock clock;
    private final ScheduledThreadPoolExecutor executor;

    public SystemTimers(Clock clock) {
        this.clock = clock;
        this.executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("state-machine-timers").factory());
        // A timeout of 30 days that was not needed must not stay in memory for 30 days.
        executor.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Timer at(Instant time, Runnable action) {
        var delay = Duration.between(clock.instant(), time);
        var future = executor.schedule(action, delay.toMillis(), TimeUnit.MILLISECONDS);
        return () -> future.cancel(false);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
