package imageferry.copying;

import imageferry.id.CopyId;
import imageferry.ledger.LedgerUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Counts a batch's bytes, and writes them down now and then: absolute, so that a lost or repeated write does no harm. */
final class BatchProgress {
    private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(2);

    private final Progress progress;
    private final CopyId copy;
    private final int batch;
    private final InstantSource clock;
    private Instant reportedAt;
    private final NearParts parts;
    private long bytes;

    /**
     * Counts from there on.
     *
     * @param bytes of the batch that are there already
     * @param parts knows of all bytes those that were not moved between regions
     */
    BatchProgress(Progress progress, CopyId copy, int batch, long bytes, NearParts parts, InstantSource clock) {
        this.progress = progress;
        this.copy = copy;
        this.batch = batch;
        this.bytes = bytes;
        this.parts = parts;
        this.clock = clock;
        this.reportedAt = clock.instant();
    }

    void arrived(long more) {
        if (isDueWith(more)) {
            try {
                report();
            } catch (LedgerUnavailable _) {
                // The next report says it too, and the last one must not fail.
            }
        }
    }

    private synchronized boolean isDueWith(long more) {
        bytes += more;
        var now = clock.instant();
        var due = !now.isBefore(reportedAt.plus(BETWEEN_REPORTS));
        if (due) {
            reportedAt = now;
        }
        return due;
    }

    /** Writes down what there is now. */
    void report() {
        progress.report(copy, batch, new Progress.Arrived(bytes(), parts.savedBytes(), parts.missedBytes()));
    }

    private synchronized long bytes() {
        return bytes;
    }
}
