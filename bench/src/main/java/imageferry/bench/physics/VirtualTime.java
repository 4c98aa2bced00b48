package imageferry.bench.physics;

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
 * A clock that jumps to the next moment at which somebody wakes. The threads that wait by it are virtual ones, run one
 * at a time on the thread that calls {@link #run}; what they start by themselves runs here, too. So the engine's own
 * threads, locks and executors are timed without a change to them.
 *
 * <p>The scheduler of a virtual thread cannot be chosen in public; the constructor that the JDK's own tests use can be
 * reached with {@code --add-opens java.base/java.lang=ALL-UNNAMED}.
 */
public final class VirtualTime implements Time, Executor {
    private static final Optional<Constructor<?>> BUILDER = builder();
    /** Long enough that a thread which waits in real time, too, has been heard of. */
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

    /** Who goes on at a time; of those that wake together, who fell asleep first. */
    private record Due(long at, long number, Runnable strand) {}

    /** What is to be timed. */
    @FunctionalInterface
    public interface Body {
        void run() throws Exception;
    }

    /** Whether this JVM lets us schedule virtual threads. */
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
    @SuppressWarnings("ThreadPriorityCheck") // The scheduler is this one.
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

    /** Runs it, and all that it starts, to its end, and answers how much virtual time that took. */
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
        var strand = ready.poll();
        if (strand == null) {
            var next = due.poll();
            if (next != null) {
                now = next.at;
                strand = next.strand;
            } else {
                strand = ready.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
        if (strand == null) {
            throw new IllegalStateException("Everybody waits, and nobody is to wake");
        }
        strand.run();
    }

    private Thread thread(Runnable body) {
        try {
            var builder = (Thread.Builder) BUILDER.orElseThrow(() ->
                            new IllegalStateException("Virtual time needs a JDK 25 that is started with --add-opens"
                                    + " java.base/java.lang=ALL-UNNAMED, as ./imageferry does"))
                    .newInstance(this);
            return builder.unstarted(body);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This JDK schedules its virtual threads by itself", e);
        }
    }

    /** Called by the JDK whenever a virtual thread can go on. */
    @Override
    public void execute(Runnable strand) {
        var sleeper = asleep;
        if (Thread.currentThread() == loop && sleeper != null) {
            asleep = null;
            due.add(new Due(sleeper.at, sleeper.number, strand));
            return;
        }
        ready.add(strand);
    }
}
