package imageferry.copying.queue;

import imageferry.copying.Throughput;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Estimates when the copies of a queue will get their slots. Slots are servers, each serves one copy at a time at the region's
 * throughput, and the queue goes in order. Cancels and failures only make it shorter.
 */
final class QueueForecast {
    /** The longest forecast that is given. */
    private static final Duration FARTHEST = Duration.ofDays(365);

    private final Instant now;
    private final double bytesPerSecond;
    /** The seconds from now until each slot is free. */
    private final PriorityQueue<Double> free = new PriorityQueue<>();

    /**
     * A forecast from the current state.
     *
     * @param slots how many copies may run at once; more may run just now, where the limit was lowered
     * @param bytesLeft of each copy that runs
     */
    QueueForecast(long slots, List<Long> bytesLeft, Throughput throughput, Instant now) {
        this.now = now;
        this.bytesPerSecond = throughput.bytesPerSecond();
        bytesLeft.forEach(bytes -> free.add(seconds(bytes)));
        for (var open = slots - bytesLeft.size(); open > 0; open--) {
            free.add(0.0);
        }
        for (var excess = bytesLeft.size() - slots; excess > 0; excess--) {
            free.remove();
        }
    }

    /** Estimates when the next copy of the queue begins; to be called in the queue's order. */
    Optional<Instant> next(long bytes) {
        var start = free.remove();
        free.add(start + seconds(bytes));
        return start <= FARTHEST.toSeconds() ? Optional.of(now.plusMillis((long) (start * 1000))) : Optional.empty();
    }

    private double seconds(long bytes) {
        return bytes / bytesPerSecond;
    }
}
