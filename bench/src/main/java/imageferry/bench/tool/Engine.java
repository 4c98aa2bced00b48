package imageferry.bench.tool;

import imageferry.bench.physics.Time;
import imageferry.copying.Copy;
import imageferry.copying.CopyScene;
import imageferry.copying.Pause;
import imageferry.copying.StepResult;
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
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Imageferry's own engine as its workflow runs it: start, batches side by side, complete. The classes are those that
 * deploy; only the ledger is in memory, and no Lambda call or state transition lies between them.
 */
final class Engine {
    /** The template's CopyWorkers. */
    static final int WORKERS = 40;

    /** The template's Timeout of the function that copies parts. */
    private static final Duration LIFE = Duration.ofSeconds(900);

    /** The state machine's retries of a call that failed for now. */
    private static final int RETRIES = 10;

    private static final long LONGEST_WAIT_SECONDS = 60;

    private final IntFunction<SnapshotStore> stores;
    private final Time time;
    private final Pause pause;
    private final RandomGenerator random;

    /** @param stores the store as each worker reaches it; worker 0 begins and completes, too */
    Engine(IntFunction<SnapshotStore> stores, Time time, Pause pause, RandomGenerator random) {
        this.stores = stores;
        this.time = time;
        this.pause = pause;
        this.random = random;
    }

    /** @throws CopyFailed when the copy does not become available */
    void copy(Blob source, long partSizeBytes, Region target) throws InterruptedException {
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

    private static void await(List<? extends Future<?>> workers) throws InterruptedException {
        for (var worker : workers) {
            try {
                worker.get();
            } catch (ExecutionException e) {
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
            var end = time.nanos() + LIFE.toNanos();
            try {
                return done(scene.copyParts(store, copy, batch, () -> Duration.ofNanos(end - time.nanos()), pause));
            } catch (StoreUnavailable e) {
                if (tries > RETRIES) {
                    throw e;
                }
                var longest = Duration.ofSeconds(Math.min(LONGEST_WAIT_SECONDS, 1L << tries));
                time.sleep(Duration.ofNanos(random.nextLong(longest.toNanos())));
            }
        }
    }

    private static <T> T done(StepResult<T> result) {
        if (result instanceof StepResult.Done<T>(T value)) {
            return value;
        }
        throw new CopyFailed("The copy ended with " + result);
    }
}
