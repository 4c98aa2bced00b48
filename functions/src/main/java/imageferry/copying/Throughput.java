package imageferry.copying;

import imageferry.ledger.Item;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rate of one slot of a region, from its grant to its return, or of one stream between two regions. It is an
 * average over the copies that finished there. It fades: each copy counts an eighth less with every one after it. And
 * it weighs by bytes, so a small copy, which is mostly beginning and ending, says little of a large one.
 *
 * @param bytes that were carried, faded
 * @param millis that the slots or streams took for them together, faded; more than 0
 */
public record Throughput(long bytes, long millis) {
    private static final int FADING = 8;

    public Throughput {
        if (bytes < 0 || millis < 1) {
            throw new IllegalArgumentException(
                    "A throughput needs bytes and time, not " + bytes + " in " + millis + " ms");
        }
    }

    /**
     * The throughput of one copy alone. It may have taken less time than the clock can measure. A time below 0, which two clocks or
     * one that was set back can make, shows nothing.
     */
    public static Throughput of(long bytes, Duration held) {
        return held.isNegative() ? new Throughput(0, 1) : new Throughput(bytes, Math.max(1, held.toMillis()));
    }

    /** Returns this throughput combined with the faded earlier one, if there is one. */
    public Throughput after(@Nullable Throughput before) {
        return before == null ? this : new Throughput(faded(before.bytes) + bytes, faded(before.millis) + millis);
    }

    /** Returns the sum of both, without fading. */
    public Throughput and(Throughput other) {
        return new Throughput(bytes + other.bytes, millis + other.millis);
    }

    private static long faded(long amount) {
        return amount - amount / FADING;
    }

    public long bytesPerSecond() {
        return (long) (bytes * 1000.0 / millis);
    }

    public static Throughput of(Item item) {
        return new Throughput(item.number("bytes"), item.number("millis"));
    }

    public Map<String, Object> item() {
        return Map.of("bytes", bytes, "millis", millis);
    }
}
