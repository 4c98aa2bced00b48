package imageferry.copying.transfer;

import imageferry.copying.BatchReport;
import imageferry.copying.Copy;
import imageferry.copying.Progress;
import imageferry.ledger.LedgerUnavailable;
import imageferry.snapshot.PartBatch;
import imageferry.snapshot.PartCopy;
import imageferry.snapshot.PartPlan;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Counts a batch's bytes and reports them from time to time. The number is absolute, so that a report may be lost or
 * repeated.
 */
final class BatchProgress {
    private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(2);
    /** The limit of reports in a second by all workers of a copy together. */
    private static final int REPORTS_PER_SECOND = 4;

    private final Progress progress;
    private final Copy copy;
    private final int batch;
    private final PartCopier parts;
    private final RouteRates routes;
    private final InstantSource clock;
    private final Duration between;
    private final RateMeter meter;
    private @Nullable Long expected;
    private Instant reportedAt;
    private long bytes;

    /**
     * Continues the count of earlier calls.
     *
     * @param bytes of the batch that have already arrived
     * @param parts knows the bytes that were not moved between regions
     */
    BatchProgress(
            Progress progress,
            Copy copy,
            PartBatch batch,
            long bytes,
            PartCopier parts,
            RateMeter meter,
            RouteRates routes,
            InstantSource clock) {
        this.progress = progress;
        this.copy = copy;
        this.batch = batch.number();
        this.bytes = bytes;
        this.parts = parts;
        this.meter = meter;
        this.routes = routes;
        this.clock = clock;
        this.between = between(copy.plan());
        this.reportedAt = clock.instant();
    }

    /** Returns the time from one report of a worker to its next. */
    static Duration between(PartPlan plan) {
        var share = Duration.ofSeconds(plan.batches().count()).dividedBy(REPORTS_PER_SECOND);
        return share.compareTo(BETWEEN_REPORTS) > 0 ? share : BETWEEN_REPORTS;
    }

    void began() {
        meter.began();
    }

    void ended() {
        meter.ended();
    }

    synchronized void arrived(PartOrigin origin, PartCopy part, Duration took) {
        bytes += part.sizeBytes();
        meter.arrived(origin, part.sizeBytes(), took);
    }

    /** Returns whether a report is due; the calling stream must then make it. */
    synchronized boolean isDue() {
        var now = clock.instant();
        // Report also after the clock was set back, which would otherwise stop the reports for as long.
        var due = !now.isBefore(reportedAt.plus(between)) || now.isBefore(reportedAt);
        if (due) {
            reportedAt = now;
        }
        return due;
    }

    /** Reports the current progress, if the ledger can be reached: the next report includes it. */
    void reportIfPossible() {
        try {
            report();
        } catch (LedgerUnavailable _) {
            // Ignore the outage: only the last report must not fail.
        }
    }

    void report() {
        var arrived = new Progress.Arrived(bytes(), parts.savedBytes(), parts.missedBytes());
        progress.report(
                copy.id(),
                batch,
                new BatchReport(
                        arrived,
                        clock.instant(),
                        meter.bytesPerSecond(expected()),
                        meter.stream().orElse(null)));
    }

    /** Reads the route's rate once, and only while the worker has not measured a rate itself. */
    private long expected() {
        if (meter.isGuess() && expected == null) {
            expected = routes.bytesPerSecond(copy).orElse(0L);
        }
        return expected == null ? 0 : expected;
    }

    private synchronized long bytes() {
        return bytes;
    }
}
