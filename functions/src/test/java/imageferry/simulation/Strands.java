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
 * Runs virtual threads on the thread that made it, one at a time and in virtual time: whoever sleeps gives way to whoever
 * is due first. Threads that such a thread starts by itself belong to the same invocation and run here, too, so the code
 * under test needs no change.
 *
 * <p>The scheduler of a virtual thread cannot be chosen in public yet; the constructor that the JDK's own tests use can
 * be reached with {@code --add-opens java.base/java.lang=ALL-UNNAMED}.
 */
final class Strands implements Executor {
    static final String WHAT_IS_NEEDED =
            "Only a JDK 25 that is started with --add-opens java.base/java.lang=ALL-UNNAMED lets tests schedule threads";

    private static final Optional<Constructor<?>> BUILDER = builder();

    static {
        // The threads that the code under test starts by itself die of a crash, too, and no one is to read of it.
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

    /** What is to happen at a time, in microseconds; the order tells what of the same time comes first. */
    private record Due(long at, long order, long number, boolean sleeper, Runnable action) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            if (at != other.at) {
                return Long.compare(at, other.at);
            }
            return order != other.order ? Long.compare(order, other.order) : Long.compare(number, other.number);
        }
    }

    /** Whether this JDK lets a test schedule virtual threads. */
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

    /** How many things have happened so far. */
    long events() {
        return events;
    }

    /** Whose thread runs now. */
    Invocation running() {
        if (running == null) {
            throw new IllegalStateException("Nobody's thread runs now");
        }
        return running;
    }

    /** Does that in so many microseconds. */
    void after(long micros, long order, Runnable action) {
        due.add(new Due(now + micros, order, events++, false, action));
    }

    /** Begins an invocation on a thread of its own. */
    void start(Invocation owner, Runnable body) {
        var before = running;
        running = owner;
        owner.begin(thread(() -> {
            try {
                body.run();
            } catch (Crash death) {
                // The end of this thread, and of nothing else.
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

    /** The running thread goes on in so many microseconds. */
    @SuppressWarnings("ThreadPriorityCheck") // The scheduler is this one.
    void sleep(long micros, long order) {
        if (!over) {
            sleeping = new Due(now + micros, order, events++, true, () -> {});
            Thread.yield();
        }
    }

    /** Called by the JDK whenever a virtual thread can go on; by one of its own threads where real time has passed. */
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

    /** Runs all that is due up to that time, unless it is to stop before. */
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

    /** Nothing happens any more; threads that sleep are woken to find that out. */
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
