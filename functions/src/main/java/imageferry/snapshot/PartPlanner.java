package imageferry.snapshot;

import java.util.Optional;

/**
 * Chooses the canonical part size of a new snapshot: whole waves of the full width, so that all streams end together.
 *
 * @param workers how many workers copy at once; each has {@link PartBatch#STREAMS} streams
 */
public record PartPlanner(int workers) {
    private static final long MIB = 1L << 20;
    private static final long SMALLEST = 8 * MIB;
    /** Where a larger part no longer gains throughput, but a failed one costs more to repeat. */
    private static final long LARGEST = 64 * MIB;

    public PartPlanner {
        if (workers < 1) {
            throw new IllegalArgumentException("A copy needs at least 1 worker, not " + workers);
        }
    }

    /** Why no plan can carry an object of that size; empty when one can. */
    public Optional<String> refusal(long sizeBytes) {
        return PartPlan.refusal(sizeBytes, PartPlan.MAX_PART_BYTES);
    }

    /** @throws IllegalArgumentException when there is none; ask {@link #refusal} before */
    public PartPlan plan(long sizeBytes) {
        return new PartPlan(sizeBytes, partSize(sizeBytes));
    }

    private long partSize(long sizeBytes) {
        var width = (long) workers * PartBatch.STREAMS;
        var waves = Math.max(1, Math.ceilDiv(sizeBytes, width * LARGEST));
        var size = Math.max(SMALLEST, wholeMiB(Math.ceilDiv(sizeBytes, waves * width)));
        return Math.ceilDiv(sizeBytes, size) <= PartPlan.MAX_PARTS
                ? size
                : wholeMiB(Math.ceilDiv(sizeBytes, PartPlan.MAX_PARTS));
    }

    private static long wholeMiB(long bytes) {
        return Math.ceilDiv(bytes, MIB) * MIB;
    }
}
