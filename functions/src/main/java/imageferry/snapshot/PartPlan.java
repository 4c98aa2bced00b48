package imageferry.snapshot;

import imageferry.rule.Count;
import imageferry.snapshot.PartCopy.ByteRange;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The parts of an object: all of one size, except the last.
 *
 * @param sizeBytes 1 byte–48.8 TiB
 * @param partSizeBytes 5 MiB–5 GiB, so large that at most 10,000 parts hold the object
 */
public record PartPlan(long sizeBytes, long partSizeBytes) {
    /** S3's limit for all parts but the last. */
    public static final long MIN_PART_BYTES = 5L << 20;

    static final long MAX_PART_BYTES = 5L << 30;
    /** S3's limit for one object. */
    public static final int MAX_PARTS = 10_000;

    /** The largest object that S3 can hold: 10,000 parts of 5 GiB. */
    public static final long MAX_SIZE_BYTES = MAX_PARTS * MAX_PART_BYTES;

    /** @throws IllegalArgumentException when S3 cannot carry it; ask {@link #refusal} before */
    public PartPlan {
        var refusal = refusal(sizeBytes, partSizeBytes);
        if (refusal.isPresent()) {
            throw new IllegalArgumentException(refusal.get());
        }
    }

    /** Returns the reason why S3 cannot hold an object of that size in parts of that size; empty when it can. */
    public static Optional<String> refusal(long sizeBytes, long partSizeBytes) {
        if (sizeBytes < 1) {
            return Optional.of("An object of " + Count.of(sizeBytes, "byte") + " has nothing to copy");
        }
        if (sizeBytes > MAX_SIZE_BYTES) {
            return Optional.of(Count.of(sizeBytes, "byte") + " are more than the " + Count.of(MAX_SIZE_BYTES, "byte")
                    + " (48.8 TiB) that one S3 object can hold; make the disk smaller");
        }
        if (partSizeBytes < MIN_PART_BYTES || partSizeBytes > MAX_PART_BYTES) {
            return Optional.of("A part of %s is outside S3's %s to %s (5 MiB to 5 GiB)"
                    .formatted(
                            Count.of(partSizeBytes, "byte"),
                            Count.of(MIN_PART_BYTES),
                            Count.of(MAX_PART_BYTES, "byte")));
        }
        var parts = Math.ceilDiv(sizeBytes, partSizeBytes);
        if (parts > MAX_PARTS) {
            return Optional.of("%s in parts of %s make %s, more than S3's %s"
                    .formatted(
                            Count.of(sizeBytes, "byte"),
                            Count.of(partSizeBytes, "byte"),
                            Count.of(parts, "part"),
                            Count.of(MAX_PARTS)));
        }
        return Optional.empty();
    }

    /** Returns the number of parts, 1–10,000; they are numbered from 1. */
    public int count() {
        return Math.toIntExact(Math.ceilDiv(sizeBytes, partSizeBytes));
    }

    /** The length of a part in bytes. */
    public long sizeOf(int number) {
        return Math.min(partSizeBytes, sizeBytes - firstByteOf(number));
    }

    /** The bytes of the whole that a part holds; empty when it holds all, as S3 refuses ranges of small objects. */
    public Optional<ByteRange> rangeOf(int number) {
        var first = firstByteOf(number);
        return count() == 1 ? Optional.empty() : Optional.of(new ByteRange(first, first + sizeOf(number) - 1));
    }

    private long firstByteOf(int number) {
        if (number < 1 || number > count()) {
            throw new IllegalArgumentException("There is no part " + number + " of " + count());
        }
        return (number - 1) * partSizeBytes;
    }

    public IntStream numbers() {
        return IntStream.rangeClosed(1, count());
    }

    /** The parts in consecutive batches, the same ones whenever the same plan is asked. */
    public Stream<PartBatch> batches() {
        return PartBatch.of(count());
    }
}
