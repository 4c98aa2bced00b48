package imageferry.bench.tool;

import imageferry.bench.timing.Time;
import imageferry.copying.Copy;
import imageferry.copying.CopyScene;
import imageferry.copying.StepResult;
import imageferry.copying.transfer.Pause;
import imageferry.region.Region;
import imageferry.snapshot.Blob;
import imageferry.snapshot.PartBatch;
import imageferry.snapshot.SnapshotStore;
import imageferry.snapshot.StoreUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Runs Imageferry's engine as its workflow does: start, batches in parallel, complete. The classes are the deployed ones.
 * Only the ledger is in memory, and there are no Lambda calls or state transitions between the steps.
 */
public final class Engine {
    /** The template's CopyWorkers. */
    public static final int WORKERS = 40;

    /** The template's Timeout of the function that copies parts. */
    public static final Duration LIFE = Duration.ofMinutes(15);

    /** Retries by the state machine after a temporary failure. */
    private static final int RETRIES = 10;

    private static final long LONGEST_WAIT_SECONDS = 60;

    private final IntFunction<SnapshotStore> stores;
    private final Time time;
    private final Pause pause;
    private final RandomGenerator random;
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong working = new AtomicLong();

    /** @param stores the store of each worker; that of worker 0 also starts and completes the copy */
    public Engine(IntFunction<SnapshotStore> stores, Time time, Pause pause, RandomGenerator random) {
        this.stores = stores;
        this.time = time;
        this.pause = pause;
        this.random = random;
    }

    /**
     * Copies and verifies.
     *
     * @throws CopyFailed when the copy does not become available
     */
    public void copy(Blob source, long partSizeBytes, Region target) throws InterruptedException {
        var scene = new CopyScene(stores.apply(0), time);
        var copy = scene.copying(source, partSizeBytes, target);
        var batches = new ConcurrentLinkedQueue<>(done(scene.start(copy)));
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = IntStream.range(0, Math.min(WORKERS, batches.size()))
                    .mapToObj(worker -> workers.submit(() -> work(scene, copy, batches, stores.apply(worker))))
                    .toList();
            await(all);
        }
        done(scene.complete(copy));
    }

    /** Returns the work so far. */
    public Work work() {
        return new Work(calls.get(), Duration.ofNanos(working.get()));
    }

    /**
     * Work of all workers.
     *
     * @param calls calls of workers
     * @param working total time of the calls
     */
    public record Work(long calls, Duration working) {}

    private static void await(List<? extends Future<?>> workers) throws InterruptedException {
        for (var worker : workers) {
            try {
                worker.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof CopyFailed failed) {
                    throw failed;
                }
                throw new CopyFailed("A worker failed: " + e.getCause());
            }
        }
    }

    private Void work(CopyScene scene, Copy copy, Queue<PartBatch> batches, SnapshotStore store)
            throws InterruptedException {
        for (var batch = batches.poll(); batch != null; batch = batches.poll()) {
            var finished = false;
            while (!finished) {
                finished = call(scene, copy, batch, store);
            }
        }
        return null;
    }

    private boolean call(CopyScene scene, Copy copy, PartBatch batch, SnapshotStore store) throws InterruptedException {
        for (var tries = 1; ; tries++) {
            var beganAt = time.nanos();
            var end = beganAt + LIFE.toNanos();
            calls.incrementAndGet();
            try {
                var finished =
                        done(scene.copyParts(store, copy, batch, () -> Duration.ofNanos(end - time.nanos()), pause));
                requireAlive(end);
                return finished;
            } catch (StoreUnavailable e) {
                if (tries > RETRIES) {
                    throw e;
                }
                var longest = Duration.ofSeconds(Math.min(LONGEST_WAIT_SECONDS, 1L << tries));
                time.sleep(Duration.ofNanos(random.nextLong(longest.toNanos())));
            } finally {
                working.addAndGet(Math.min(time.nanos() - beganAt, LIFE.toNanos()));
            }
        }
    }

    private void requireAlive(long end) {
        if (time.nanos() > end) {
            throw new CopyFailed("A part takes longer than the %s s that a worker lives".formatted(LIFE.toSeconds()));
        }
    }

    private static <T> T done(StepResult<T> result) {
        return switch (result) {
            case StepResult.Done<T>(var value) -> value;
            case StepResult.Stopped<T>(var copy) -> throw new CopyFailed("The copy is " + copy.status());
            case StepResult.Refused<T>(var reason) -> throw new CopyFailed(reason.toString());
            case StepResult.Corrupt<T>(var reason) -> throw new CopyFailed(reason.toString());
        };
    }
}
