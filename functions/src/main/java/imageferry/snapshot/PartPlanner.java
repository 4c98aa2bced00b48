package imageferry.snapshot;

import java.util.Optional;

/**
 * Chooses the canonical part size of a new snapshot: the fewest whole waves of all streams. Then all streams end
 * together, and few requests are needed.
 *
 * @param workers the number of workers that copy at once; each has {@link PartBatch#STREAMS} streams
 */
public record PartPlanner(int workers) {
    /**
     * The size of a part that one stream copies in 2 minutes on a slow route (4.7 MB/s). This is the cost of copying it
     * again.
     */
    private static final long LARGEST = 512L << 20;
    /**
     * A multiple of the clusters of common disk formats: changes between two versions of a disk begin and end at
     * cluster borders.
     */
    private static final long ALIGNMENT = 64L << 10;

    /** The bytes that a stream could move between regions in the time that a request costs: 0.15 s at 4.7 MB/s. */
    private static final long OVERHEAD_BYTES = 700_000;

    public PartPlanner {
        if (workers < 1) {
            throw new IllegalArgumentException("A copy needs at least 1 worker, not " + workers);
        }
    }

    /** Returns the reason why no plan fits an object of that size; empty when one does. */
    public Optional<String> refusal(long sizeBytes) {
        return PartPlan.refusal(sizeBytes, PartPlan.MAX_PART_BYTES);
    }

    /** @throws IllegalArgumentException when there is none; ask {@link #refusal} before */
    public PartPlan plan(long sizeBytes) {
        var width = (long) workers * PartBatch.STREAMS;
        var inFewestParts = Math.ceilDiv(sizeBytes, PartPlan.MAX_PARTS);
        var size = Math.max(PartPlan.MIN_PART_BYTES, Math.max(inFewestParts, wavePart(sizeBytes, width)));
        return new PartPlan(sizeBytes, Math.ceilDiv(size, ALIGNMENT) * ALIGNMENT);
    }

    /**
     * The plan of a new version, in the parts of the older ones, so that equal parts are not moved again. Used while it is
     * legal and costs at most a quarter more time.
     *
     * @param versionsPartBytes the part size of the older versions, in bytes
     */
    public PartPlan plan(long sizeBytes, long versionsPartBytes) {
        var best = plan(sizeBytes);
        if (PartPlan.refusal(sizeBytes, versionsPartBytes).isPresent()) {
            return best;
        }
        var same = new PartPlan(sizeBytes, versionsPartBytes);
        return time(same) <= time(best) * 5 / 4 ? same : best;
    }

    /** In bytes of one stream. */
    private long time(PartPlan plan) {
        var waves = Math.ceilDiv(plan.count(), workers * PartBatch.STREAMS);
        return waves * (Math.min(plan.sizeBytes(), plan.partSizeBytes()) + OVERHEAD_BYTES);
    }

    /**
     * The part size that divides the object into whole waves. A slow stream may not finish such a part in time, so there every
     * byte less counts: then the last wave is not whole, for 1.03 times the time at most.
     */
    private static long wavePart(long sizeBytes, long width) {
        var mostWaves = Math.max(1, PartPlan.MAX_PARTS / width);
        var waves = Math.clamp(Math.ceilDiv(sizeBytes, width * LARGEST), 1, mostWaves);
        var size = Math.ceilDiv(sizeBytes, waves * width);
        return size <= PartCopy.ALWAYS_IN_TIME_BYTES ? size : 0;
    }
}
