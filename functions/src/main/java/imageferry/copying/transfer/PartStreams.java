package imageferry.copying.transfer;

import imageferry.snapshot.Part;
import imageferry.snapshot.PartBatch;
import imageferry.snapshot.PartCopy;
import imageferry.snapshot.StoreRefused;
import imageferry.snapshot.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Copies parts side by side, until all are there, the fence closes, the time runs low or one of them fails permanently. An
 * object of this class serves one call.
 */
final class PartStreams {
    /** After this number of failures, while other parts succeed, this part will not succeed either. */
    private static final int TRIES = 20;
    /**
     * Parts still under way then are given up; the store may finish them, and the next call finds them. It is enough for two
     * reports and a look at the copy, each of which a busy table may keep for some 15 s.
     */
    private static final Duration LAST_MOMENT = Duration.ofSeconds(45);
    /** The time that must remain, in addition to that of a part, to start a part. */
    private static final Duration RESERVE = LAST_MOMENT.plusSeconds(10);

    private static final long LOOK_UP_MILLIS = 200;

    private final NearParts parts;
    private final Fence fence;
    private final BatchProgress progress;
    private final Deadline deadline;
    private final Pause pause;
    private final InstantSource clock;
    private final Semaphore streams = new Semaphore(PartBatch.STREAMS);
    private final RateLimiter limiter;
    private final AtomicInteger copied = new AtomicInteger();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private volatile boolean ending;
    private volatile Duration longest = Duration.ZERO;
    private volatile boolean tooSlow;

    PartStreams(
            NearParts parts, Fence fence, BatchProgress progress, Deadline deadline, Pause pause, InstantSource clock) {
        this.parts = parts;
        this.fence = fence;
        this.progress = progress;
        this.deadline = deadline;
        this.pause = pause;
        this.clock = clock;
        this.limiter = new RateLimiter(clock);
    }

    /**
     * Copies the parts and returns their number. If it is lower than requested, {@link #failure} may have the reason.
     */
    int copy(List<PartCopy> parts) {
        try (var reporter = Executors.newSingleThreadExecutor(Thread.ofVirtual().factory())) {
            copy(parts, reporter);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailable("Interrupted while parts were being copied", e);
        }
        return copied.get();
    }

    private void copy(List<PartCopy> parts, Executor reporter) throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            parts.forEach(part -> threads.execute(() -> copy(part)));
            threads.shutdown();
            await(threads, reporter);
        }
    }

    private void await(ExecutorService threads, Executor reporter) throws InterruptedException {
        try {
            while (!threads.awaitTermination(LOOK_UP_MILLIS, TimeUnit.MILLISECONDS)) {
                if (failure.get() != null || isUnder(LAST_MOMENT)) {
                    ending = true;
                    threads.shutdownNow();
                } else if (progress.isDue()) {
                    reporter.execute(progress::reportIfPossible);
                }
            }
        } catch (InterruptedException e) {
            ending = true;
            threads.shutdownNow();
            throw e;
        }
    }

    /** The failure that ended the copying; empty after success, the fence or the clock. */
    Optional<RuntimeException> failure() {
        return Optional.ofNullable(failure.get());
    }

    /** Whether a part had all the time that one may have, and was not there at its end. */
    boolean wereTooSlow() {
        return tooSlow;
    }

    private void copy(PartCopy part) {
        try {
            copyPatiently(part);
        } catch (InterruptedException _) {
            // End, as requested by the interrupt.
        } catch (RuntimeException e) {
            fail(e);
        } catch (Error e) {
            fail(new IllegalStateException("A stream died", e));
            throw e;
        }
    }

    private void fail(RuntimeException e) {
        failure.compareAndSet(null, e);
        ending = true;
    }

    private void copyPatiently(PartCopy part) throws InterruptedException {
        for (var tries = 1; ; tries++) {
            var refusal = tried(part);
            if (refusal.isEmpty() || ending) {
                return;
            }
            if (tries == TRIES || limiter.isHopeless()) {
                throw refusal.get();
            }
        }
    }

    /** Tries once; the answer is why another try is worth it. */
    private Optional<StoreUnavailable> tried(PartCopy part) throws InterruptedException {
        streams.acquire();
        try {
            var place = limiter.take();
            while (place.ahead().isPositive()) {
                pause.last(place.ahead(), place.gap());
                if (!limiter.isGone(place)) {
                    break;
                }
                place = limiter.take();
            }
            return mayStart() ? started(part) : Optional.empty();
        } finally {
            streams.release();
        }
    }

    private Optional<StoreUnavailable> started(PartCopy part) {
        var start = limiter.started();
        var startedAt = clock.instant();
        progress.began();
        var pushedBack = false;
        var done = false;
        try {
            copyOnce(part, startedAt);
            done = true;
            return Optional.empty();
        } catch (StoreUnavailable e) {
            pushedBack = true;
            return Optional.of(e);
        } finally {
            if (!done && since(startedAt).compareTo(PartCopy.LONGEST) >= 0) {
                tooSlow = true;
                ending = true;
            }
            progress.ended();
            limiter.ended(start, pushedBack);
        }
    }

    private boolean mayStart() {
        // A part takes about as long as the slowest one so far; half as much again for bad luck.
        if (!ending && (isUnder(RESERVE.plus(longest.multipliedBy(3).dividedBy(2))) || !fence.isOpen())) {
            ending = true;
        }
        return !ending;
    }

    private boolean isUnder(Duration time) {
        return deadline.left().compareTo(time) < 0;
    }

    /** Returns the time since then; 0 when the clock was set back in between. */
    private Duration since(Instant moment) {
        var time = Duration.between(moment, clock.instant());
        return time.isNegative() ? Duration.ZERO : time;
    }

    private void copyOnce(PartCopy part, Instant startedAt) {
        var done = parts.copy(part);
        requireProof(done.part());
        copied.incrementAndGet();
        var took = since(startedAt);
        noteTime(took);
        progress.arrived(done.origin(), part, took);
    }

    private static void requireProof(Part part) {
        if (!part.hasSha256()) {
            throw new StoreRefused("The store gave no SHA-256 for part " + part.number()
                    + ", so nothing would prove it; the upload has to ask for one");
        }
    }

    private synchronized void noteTime(Duration taken) {
        if (taken.compareTo(longest) > 0) {
            longest = taken;
        }
    }
}
