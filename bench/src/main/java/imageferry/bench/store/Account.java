package imageferry.bench.store;

import imageferry.bench.physics.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What the server saw of one run. The clock runs from its first request to its last answer. For many threads. */
public final class Account {
    private final Time time;
    private final Map<Request, Long> counts = new EnumMap<>(Request.class);
    private boolean begun;
    private long firstAt;
    private long lastAt;
    private long firstCopyAt;
    private long lastCopiedAt;
    private final List<Long> letIn = new ArrayList<>();
    private long copiedBytes;
    private long turnedAway;
    private long mishaps;

    Account(Time time) {
        this.time = time;
    }

    /** Forgets all, as before the first request. */
    public synchronized void reset() {
        counts.clear();
        begun = false;
        firstCopyAt = 0;
        lastCopiedAt = 0;
        letIn.clear();
        copiedBytes = 0;
        turnedAway = 0;
        mishaps = 0;
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

    synchronized void letIn(long beganAt) {
        letIn.add(beganAt);
    }

    synchronized void turnedAway() {
        turnedAway++;
    }

    synchronized void mishap() {
        mishaps++;
    }

    synchronized void ended() {
        lastAt = time.nanos();
    }

    /** From the first request to the last answer. */
    public synchronized Duration taken() {
        return Duration.ofNanos(begun ? lastAt - firstAt : 0);
    }

    /** From the first request to the first that copies. */
    public synchronized Duration beforeCopying() {
        return Duration.ofNanos(firstCopyAt - firstAt);
    }

    /** From the end of the last request that copied to the last answer. */
    public synchronized Duration afterCopying() {
        return Duration.ofNanos(lastAt - lastCopiedAt);
    }

    /** What the requests moved that succeeded, be it of use or not. */
    public synchronized long copiedBytes() {
        return copiedBytes;
    }

    public synchronized long requests() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    public synchronized long count(Request request) {
        return counts.getOrDefault(request, 0L);
    }

    /** What the requests cost in dollars; those that S3 failed are billed like all others. */
    public synchronized double dollars() {
        return counts.entrySet().stream()
                .mapToDouble(entry -> entry.getKey().dollars() * entry.getValue())
                .sum();
    }

    /** Copying requests answered with 503 SlowDown. */
    public synchronized long slowDowns() {
        return turnedAway;
    }

    /** Copying requests that were let in and failed. */
    public synchronized long failures() {
        return mishaps;
    }

    /**
     * From the first request of all until so many copying requests were let in, or all of them if there were fewer: what
     * comes later makes good for failures.
     */
    public synchronized Duration admitting(long copies) {
        return letIn.stream()
                .sorted()
                .limit(copies)
                .max(Long::compare)
                .map(last -> Duration.ofNanos(last - firstAt))
                .orElse(Duration.ZERO);
    }

    @Override
    public synchronized String toString() {
        return counts + ", SlowDown " + turnedAway + ", failed " + mishaps;
    }
}
