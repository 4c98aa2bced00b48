package imageferry.bench.timing;

import java.lang.reflect.Constructor;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Clock that jumps to the time at which the next thread wakes. Threads that use it are virtual, and run one at a time on
 * the thread that calls {@link #run}; so do the virtual threads that they start. This times the engine's own threads,
 * locks and executors without a change to them.
 *
 * <p>No public API sets the scheduler of a virtual thread. The constructor that the JDK's own tests use is accessible
 * with {@code --add-opens java.base/java.lang=ALL-UNNAMED}.
 */
public final class VirtualTime implements Time, Executor {
    private static final Optional<Constructor<?>> BUILDER = builder();
    /** Real time after which no thread can be expected to become ready any more. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final BlockingQueue<Runnable> ready = new LinkedBlockingQueue<>();
    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::number));
    private @Nullable Thread loop;
    private @Nullable Due asleep;
    private @Nullable Throwable failure;
    private boolean done;
    private long now;
    private long sleeps;

    /** Task that continues at a time; among equal times, the task that fell asleep first comes first. */
    private record Due(long at, long number, Runnable task) {}

    /** Code that is timed. */
    @FunctionalInterface
    public interface Body {
        void run() throws Exception;
    }

    /** Returns whether this JVM allows a scheduler of our own. */
    public static boolean isAvailable() {
        return BUILDER.isPresent();
    }

    private static Optional<Constructor<?>> builder() {
        try {
            var constructor = Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder")
                    .getDeclaredConstructor(Executor.class);
            constructor.setAccessible(true);
            return Optional.of(constructor);
        } catch (ReflectiveOperationException | RuntimeException unavailable) {
            return Optional.empty();
        }
    }

    @Override
    public Instant instant() {
        return Instant.EPOCH.plusNanos(now);
    }

    @Override
    public long nanos() {
        return now;
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // This class is the scheduler.
    public void sleep(Duration time) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("Interrupted before it slept");
        }
        asleep = new Due(now + time.toNanos(), sleeps++, () -> {});
        Thread.yield();
        if (Thread.interrupted()) {
            throw new InterruptedException("Interrupted while it slept");
        }
    }

    /** Runs the body and all threads that it starts to their end, and returns the virtual time that passed. */
    public Duration run(Body body) throws Exception {
        loop = Thread.currentThread();
        done = false;
        failure = null;
        var beganAt = now;
        thread(() -> {
                    try {
                        body.run();
                    } catch (Throwable e) {
                        failure = e;
                    }
                    done = true;
                })
                .start();
        while (!done) {
            step();
        }
        if (failure instanceof Exception exception) {
            throw exception;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        return Duration.ofNanos(now - beganAt);
    }

    private void step() throws InterruptedException {
        var task = ready.poll();
        if (task == null) {
            var next = due.poll();
            if (next != null) {
                now = next.at;
                task = next.task;
            } else {
                task = ready.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
        if (task == null) {
            throw new IllegalStateException("Deadlock: all threads wait, and none of them sleeps");
        }
        task.run();
    }

    private Thread thread(Runnable body) {
        try {
            var builder = (Thread.Builder) BUILDER.orElseThrow(() ->
                            new IllegalStateException("Virtual time needs a JDK 25 that is started with --add-opens"
                                    + " java.base/java.lang=ALL-UNNAMED, as ./imageferry does"))
                    .newInstance(this);
            return builder.unstarted(body);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This JDK does not accept a scheduler for virtual threads", e);
        }
    }

    /** Called by the JDK when a virtual thread can continue. */
    @Override
    public void execute(Runnable task) {
        var sleeper = asleep;
        if (Thread.currentThread() == loop && sleeper != null) {
            asleep = null;
            due.add(new Due(sleeper.at, sleeper.number, task));
            return;
        }
        ready.add(task);
    }
}
