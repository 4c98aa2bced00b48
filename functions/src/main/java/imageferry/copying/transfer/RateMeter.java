package imageferry.copying.transfer;

import imageferry.copying.Throughput;
import imageferry.snapshot.PartBatch;
import imageferry.snapshot.PartPlan;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Measures the rate of a worker's streams by whole parts, as the store reports no progress within a part. */
final class RateMeter {
    /** The number of parts that count as recent: a round of all streams. */
    private static final int LATELY = PartBatch.STREAMS;

    private int underWay;
    private int seen;
    private double usualBytes;
    private double usualSeconds;
    private long bytes;
    private Duration busy;

    /** @param before how fast one stream was in earlier calls for the same batch; null if unknown */
    RateMeter(@Nullable Throughput before) {
        this.bytes = before == null ? 0 : before.bytes();
        this.busy = Duration.ofMillis(before == null ? 0 : before.millis());
    }

    synchronized void began() {
        underWay++;
    }

    synchronized void ended() {
        underWay--;
    }

    synchronized void arrived(PartOrigin origin, long more, Duration took) {
        seen = Math.min(seen + 1, LATELY);
        usualBytes += (more - usualBytes) / seen;
        usualSeconds += (took.toNanos() / 1e9 - usualSeconds) / seen;
        if (origin == PartOrigin.SOURCE && more >= PartPlan.MIN_PART_BYTES) {
            bytes += more;
            busy = busy.plus(took);
        }
    }

    /**
     * Bytes a second of the parts in progress, if they take as long as those before them.
     *
     * @param expected of one stream in bytes a second, while no part has shown it
     */
    synchronized long bytesPerSecond(long expected) {
        return Math.round(underWay * (usualSeconds > 0 ? usualBytes / usualSeconds : expected));
    }

    /**
     * Returns the throughput of one stream from the source; empty until a part of it has arrived. Parts below S3's
     * minimum size, which only small images have, do not count: their time is that of a request.
     */
    synchronized Optional<Throughput> stream() {
        return bytes > 0 ? Optional.of(Throughput.of(bytes, busy)) : Optional.empty();
    }

    /** Returns whether parts are in progress and none has finished yet, so that their rate is unknown. */
    synchronized boolean isGuess() {
        return underWay > 0 && usualSeconds == 0;
    }
}
