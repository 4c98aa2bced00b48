package imageferry.bench.tool;

import imageferry.bench.physics.Time;
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
 * Imageferry's own engine as its workflow runs it: start, batches side by side, complete. The classes are those that
 * deploy; only the ledger is in memory, and no Lambda call or state transition lies between them.
 */
public final class Engine {
    /** The template's CopyWorkers. */
    public static final int WORKERS = 40;

    /** The template's Timeout of the function that copies parts. */
    public static final Duration LIFE = Duration.ofMinutes(15);

    /** The state machine's retries of a call that failed for now. */
    private static final int RETRIES = 10;

    private static final long LONGEST_WAIT_SECONDS = 60;

    private final IntFunction<SnapshotStore> stores;
    private final Time time;
    private final Pause pause;
    private final RandomGenerator random;
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong working = new AtomicLong();

    /** @param stores the store as each worker reaches it; worker 0 begins and completes, too */
    public Engine(IntFunction<SnapshotStore> stores, Time time, Pause pause, RandomGenerator random) {
        this.stores = stores;
        this.time = time;
        this.pause = pause;
        this.random = random;
    }

    /**
     * Copies and proves.
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

    /** What the workers did so far. */
    public Work work() {
        return new Work(calls.get(), Duration.ofNanos(working.get()));
    }

    /**
     * What the workers did.
     *
     * @param calls how often one was called
     * @param working how long their calls took together
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
