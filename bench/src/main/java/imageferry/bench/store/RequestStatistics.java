package imageferry.bench.store;

import imageferry.bench.timing.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Statistics of the requests of one run, timed from the first request to the last answer. Thread-safe. */
public final class RequestStatistics {
    private final Time time;
    private final Map<Request, Long> counts = new EnumMap<>(Request.class);
    private boolean begun;
    private long firstAt;
    private long lastAt;
    private long firstCopyAt;
    private long lastCopiedAt;
    private final List<Long> admitted = new ArrayList<>();
    private long copiedBytes;
    private long rejected;
    private long failed;

    RequestStatistics(Time time) {
        this.time = time;
    }

    /** Clears everything, as before the first request. */
    public synchronized void reset() {
        counts.clear();
        begun = false;
        firstCopyAt = 0;
        lastCopiedAt = 0;
        admitted.clear();
        copiedBytes = 0;
        rejected = 0;
        failed = 0;
    }

    synchronized void began(Request request) {
        var now = time.nanos();
        if (!begun) {
            begun = true;
            firstAt = now;
            lastAt = now;
        }
        if (request.isCopy() && count(Request.COPY_PART) + count(Request.COPY_OBJECT) == 0) {
            firstCopyAt = now;
        }
        counts.merge(request, 1L, Long::sum);
    }

    synchronized void copied(long bytes) {
        copiedBytes += bytes;
        lastCopiedAt = time.nanos();
    }

    synchronized void admitted(long beganAt) {
        admitted.add(beganAt);
    }

    synchronized void rejected() {
        rejected++;
    }

    synchronized void failed() {
        failed++;
    }

    synchronized void ended() {
        lastAt = time.nanos();
    }

    /** Returns the time from the first request to the last answer. */
    public synchronized Duration taken() {
        return Duration.ofNanos(begun ? lastAt - firstAt : 0);
    }

    /** Returns the time from the first request to the first copying request. */
    public synchronized Duration beforeCopying() {
        return Duration.ofNanos(firstCopyAt - firstAt);
    }

    /** Returns the time from the end of the last copying request to the last answer. */
    public synchronized Duration afterCopying() {
        return Duration.ofNanos(lastAt - lastCopiedAt);
    }

    /** Returns the bytes that successful requests copied, including parts that were copied twice. */
    public synchronized long copiedBytes() {
        return copiedBytes;
    }

    public synchronized long requests() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    public synchronized long count(Request request) {
        return counts.getOrDefault(request, 0L);
    }

    /** Returns the price of the requests in dollars. Failed requests are billed too. */
    public synchronized double dollars() {
        return counts.entrySet().stream()
                .mapToDouble(entry -> entry.getKey().dollars() * entry.getValue())
                .sum();
    }

    /** Returns the copying requests answered with 503 SlowDown. */
    public synchronized long slowDowns() {
        return rejected;
    }

    /** Returns the copying requests that were admitted and failed. */
    public synchronized long failures() {
        return failed;
    }

    /**
     * Returns the time from the first request until this number of copying requests was admitted, or all of them if there
     * were fewer. Later ones repeat failed requests.
     */
    public synchronized Duration admitting(long copies) {
        return admitted.stream()
                .sorted()
                .limit(copies)
                .max(Long::compare)
                .map(last -> Duration.ofNanos(last - firstAt))
                .orElse(Duration.ZERO);
    }

    @Override
    public synchronized String toString() {
        return counts + ", SlowDown " + rejected + ", failed " + failed;
    }
}
