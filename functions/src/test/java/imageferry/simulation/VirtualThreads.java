package imageferry.simulation;

import java.lang.reflect.Constructor;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs virtual threads on the thread that created it, one at a time and in virtual time. A sleeping thread yields to
 * the thread that is due first. Threads that such a thread starts belong to the same invocation and run here, too, so
 * the code under test needs no change.
 *
 * <p>The scheduler of a virtual thread has no public setting yet. The constructor that the JDK's own tests use can be
 * reached with {@code --add-opens java.base/java.lang=ALL-UNNAMED}.
 */
final class VirtualThreads implements Executor {
    static final String WHAT_IS_NEEDED =
            "Only a JDK 25 that is started with --add-opens java.base/java.lang=ALL-UNNAMED lets tests schedule threads";

    private static final Optional<Constructor<?>> BUILDER = builder();

    static {
        // A crash also ends the threads that the code under test starts, without printing a stack trace.
        var usual = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            if (!(failure instanceof Crash)) {
                (usual == null ? thread.getThreadGroup() : usual).uncaughtException(thread, failure);
            }
        });
    }

    private final Queue<Runnable> ready = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Due> due = new PriorityQueue<>();
    private final Map<Runnable, Invocation> owners = new ConcurrentHashMap<>();
    private final Thread loop = Thread.currentThread();
    private long now;
    private long events;
    private @Nullable Invocation running;
    private @Nullable Due sleeping;
    private boolean over;

    /** An event at a time, in microseconds. The sequence number orders events of the same time. */
    private record Due(long at, long order, long number, boolean sleeper, Runnable action) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            if (at != other.at) {
                return Long.compare(at, other.at);
            }
            return order != other.order ? Long.compare(order, other.order) : Long.compare(number, other.number);
        }
    }

    /** Returns whether this JDK lets a test schedule virtual threads. */
    static boolean available() {
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

    /** Microseconds since the beginning. */
    long now() {
        return now;
    }

    /** The number of events so far. */
    long events() {
        return events;
    }

    /** The owner of the running thread. */
    Invocation running() {
        if (running == null) {
            throw new IllegalStateException("Nobody's thread runs now");
        }
        return running;
    }

    /** Runs an action after a delay in microseconds. */
    void after(long micros, long order, Runnable action) {
        due.add(new Due(now + micros, order, events++, false, action));
    }

    /** Starts an invocation on a thread of its own. */
    void start(Invocation owner, Runnable body) {
        var before = running;
        running = owner;
        owner.begin(thread(() -> {
            try {
                body.run();
            } catch (Crash death) {
                // Reacts to the end of this thread, and of no other.
            }
        }));
        running = before;
    }

    private Thread thread(Runnable body) {
        try {
            var builder = (Thread.Builder) BUILDER.orElseThrow().newInstance(this);
            return builder.unstarted(body);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This JDK schedules its virtual threads by itself", e);
        }
    }

    /** The running thread continues after this number of microseconds. */
    @SuppressWarnings("ThreadPriorityCheck") // The scheduler is this object.
    void sleep(long micros, long order) {
        if (!over) {
            sleeping = new Due(now + micros, order, events++, true, () -> {});
            Thread.yield();
        }
    }

    /** Called by the JDK whenever a virtual thread can continue; by a JDK thread after a wait in real time. */
    @Override
    public void execute(Runnable strand) {
        var asleep = sleeping;
        if (Thread.currentThread() == loop && asleep != null) {
            sleeping = null;
            due.add(new Due(asleep.at, asleep.order, asleep.number, true, strand));
            return;
        }
        if (running != null) {
            owners.putIfAbsent(strand, running);
        }
        ready.add(strand);
    }

    /** Runs all events up to that time, unless it is stopped earlier. */
    void runUntil(long time, BooleanSupplier stop) {
        runReady();
        for (var next = due.peek(); next != null && next.at <= time && !stop.getAsBoolean(); next = due.peek()) {
            due.poll();
            now = next.at;
            happen(next);
        }
        now = Math.max(now, time);
    }

    private void happen(Due next) {
        if (next.sleeper) {
            ready.add(next.action);
        } else {
            next.action.run();
        }
        runReady();
    }

    private void runReady() {
        for (var strand = ready.poll(); strand != null; strand = ready.poll()) {
            running = owners.get(strand);
            strand.run();
            running = null;
        }
    }

    /** Nothing happens any more. Wakes the sleeping threads to find that out. */
    void end() {
        over = true;
        for (var next = due.poll(); next != null; next = due.poll()) {
            if (next.sleeper) {
                ready.add(next.action);
            }
        }
        runReady();
    }

    boolean over() {
        return over;
    }
}
