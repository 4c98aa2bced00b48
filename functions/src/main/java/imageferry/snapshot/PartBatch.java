package imageferry.snapshot;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Consecutive parts that one worker copies.
 *
 * @param number counted from 1
 * @param firstPart the number of its first part
 * @param lastPart the number of its last part, included
 */
public record PartBatch(int number, int firstPart, int lastPart) {
    /** Copies that one worker has in flight at once. */
    public static final int STREAMS = 32;

    /**
     * The maximum number of batches, equal to the workers of the widest copy: within its batch a worker never waits for
     * another.
     */
    private static final int MAX_BATCHES = 40;

    static Stream<PartBatch> of(int parts) {
        // Use whole waves of the worker's streams, so that none idles while the last part of a batch is copied.
        var size = Math.ceilDiv(Math.ceilDiv(parts, MAX_BATCHES), STREAMS) * STREAMS;
        return IntStream.range(0, Math.ceilDiv(parts, size))
                .mapToObj(batch -> new PartBatch(batch + 1, batch * size + 1, Math.min(parts, (batch + 1) * size)));
    }

    public IntStream parts() {
        return IntStream.rangeClosed(firstPart, lastPart);
    }
}
