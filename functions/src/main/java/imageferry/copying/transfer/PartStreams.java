package imageferry.copying.transfer;

import imageferry.copying.transfer.Outcome.End;
import imageferry.copying.transfer.Outcome.Failed;
import imageferry.copying.transfer.Outcome.Stop;
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
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Copies parts in parallel, until all have arrived, the copy is no longer copying, the time runs low or a part fails
 * permanently. An object of this class serves one call.
 */
final class PartStreams {
    /** After this number of failures, while other parts succeed, this part will not succeed either. */
    private static final int TRIES = 20;
    /**
     * At this remaining time, parts in progress are given up; the store may finish them, and the next call finds them.
     * It is enough for two reports and a read of the copy, each of which may take some 15 s on a busy table.
     */
    private static final Duration LAST_MOMENT = Duration.ofSeconds(45);
    /** The time that must remain, in addition to that of a part, to start a part. */
    private static final Duration RESERVE = LAST_MOMENT.plusSeconds(10);

    private static final long LOOK_UP_MILLIS = 200;

    private final PartCopier parts;
    private final CopyingCheck check;
    private final BatchProgress progress;
    private final Deadline deadline;
    private final Pause pause;
    private final InstantSource clock;
    private final Semaphore streams = new Semaphore(PartBatch.STREAMS);
    private final RateLimiter limiter;
    private final AtomicInteger copied = new AtomicInteger();
    /** Why no further part is started, in order of time; empty while parts are started. */
    private final Queue<End> ends = new ConcurrentLinkedQueue<>();

    private volatile Duration longest = Duration.ZERO;

    PartStreams(
            PartCopier parts,
            CopyingCheck check,
            BatchProgress progress,
            Deadline deadline,
            Pause pause,
            InstantSource clock) {
        this.parts = parts;
        this.check = check;
        this.progress = progress;
        this.deadline = deadline;
        this.pause = pause;
        this.clock = clock;
        this.limiter = new RateLimiter(clock);
    }

    Outcome copy(List<PartCopy> parts) {
        try (var reporter = Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            parts.forEach(part -> threads.execute(() -> copy(part)));
            threads.shutdown();
            await(threads, reporter);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailable("Interrupted while parts were being copied", e);
        }
        return new Outcome(copied.get(), copied.get() == parts.size() ? Stop.COMPLETE : end());
    }

    private void await(ExecutorService threads, Executor reporter) throws InterruptedException {
        try {
            while (!threads.awaitTermination(LOOK_UP_MILLIS, TimeUnit.MILLISECONDS)) {
                if (failure().isPresent() || isUnder(LAST_MOMENT)) {
                    giveUp(threads);
                } else if (progress.isDue()) {
                    reporter.execute(progress::reportIfPossible);
                }
            }
        } catch (InterruptedException e) {
            giveUp(threads);
            throw e;
        }
    }

    private void giveUp(ExecutorService threads) {
        if (!isEnding()) {
            ends.add(Stop.STOPPED);
        }
        threads.shutdownNow();
    }

    /** Returns why parts are missing: the first failure, if there was one. */
    private End end() {
        var tooSlow = ends.contains(Stop.TOO_SLOW);
        return failure()
                .<End>map(failed -> new Failed(failed.failure(), tooSlow))
                .orElse(tooSlow ? Stop.TOO_SLOW : Stop.STOPPED);
    }

    private Optional<Failed> failure() {
        return ends.stream()
                .filter(Failed.class::isInstance)
                .map(Failed.class::cast)
                .findFirst();
    }

    private boolean isEnding() {
        return !ends.isEmpty();
    }

    private void copy(PartCopy part) {
        try {
            retry(part);
        } catch (InterruptedException _) {
            // End, as requested by the interrupt.
        } catch (RuntimeException e) {
            ends.add(new Failed(e, false));
        } catch (Error e) {
            ends.add(new Failed(new IllegalStateException("A stream died", e), false));
            throw e;
        }
    }

    private void retry(PartCopy part) throws InterruptedException {
        for (var tries = 1; ; tries++) {
            var refusal = attempt(part);
            if (refusal.isEmpty() || isEnding()) {
                return;
            }
            if (tries == TRIES || limiter.isHopeless()) {
                throw refusal.get();
            }
        }
    }

    /** Returns the failure after which another attempt may succeed; empty when the part arrived, or may not start. */
    private Optional<StoreUnavailable> attempt(PartCopy part) throws InterruptedException {
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
            return mayStart() ? transfer(part) : Optional.empty();
        } finally {
            streams.release();
        }
    }

    private Optional<StoreUnavailable> transfer(PartCopy part) {
        var start = limiter.started();
        var startedAt = clock.instant();
        var refusal = Optional.<StoreUnavailable>empty();
        var done = false;
        progress.began();
        try {
            arrived(part, parts.copy(part), since(startedAt));
            done = true;
        } catch (StoreUnavailable e) {
            refusal = Optional.of(e);
        } finally {
            if (!done && since(startedAt).compareTo(PartCopy.LONGEST) >= 0) {
                ends.add(Stop.TOO_SLOW);
            }
            progress.ended();
            limiter.ended(start, refusal.isPresent());
        }
        return refusal;
    }

    private boolean mayStart() {
        if (isEnding()) {
            return false;
        }
        // A part takes about as long as the slowest one so far; add half as much for variation.
        if (isUnder(RESERVE.plus(longest.multipliedBy(3).dividedBy(2))) || !check.isCopying()) {
            ends.add(Stop.STOPPED);
        }
        return !isEnding();
    }

    private boolean isUnder(Duration time) {
        return deadline.left().compareTo(time) < 0;
    }

    /** Returns the time since then; 0 when the clock was set back in between. */
    private Duration since(Instant moment) {
        var time = Duration.between(moment, clock.instant());
        return time.isNegative() ? Duration.ZERO : time;
    }

    private void arrived(PartCopy part, PartCopier.Copied done, Duration took) {
        requireProof(done.part());
        copied.incrementAndGet();
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
