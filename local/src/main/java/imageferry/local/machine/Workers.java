package imageferry.local.machine;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/** The virtual threads of all executions, recorded so that closing can end each of them. */
final class Workers implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Workers.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Set<Thread> running = ConcurrentHashMap.newKeySet();

    Thread start(String name, Runnable work) {
        var thread = Thread.ofVirtual().name(name).unstarted(() -> {
            try {
                work.run();
            } catch (CancellationException e) {
                LOG.log(System.Logger.Level.DEBUG, "Stopped by the closing of its journal", e);
            } finally {
                running.remove(Thread.currentThread());
            }
        });
        running.add(thread);
        thread.start();
        return thread;
    }

    /** Waits for the future's value; its failure is thrown unwrapped. */
    static <T> T await(CompletableFuture<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    static void sleepUntil(Instant time, Timers timers) throws InterruptedException {
        var over = new CompletableFuture<Boolean>();
        var timer = timers.at(time, () -> over.complete(true));
        try {
            await(over);
        } finally {
            timer.cancel();
        }
    }

    /** Interrupts every thread, and waits up to 5 s for their ends. */
    @Override
    public void close() {
        running.forEach(Thread::interrupt);
        var end = System.nanoTime() + PATIENCE.toNanos();
        for (var thread : running) {
            try {
                thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
