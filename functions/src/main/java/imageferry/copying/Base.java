package imageferry.copying;

import imageferry.id.ImageId;
import imageferry.id.SnapshotId;
import imageferry.snapshot.PartPlan;
import java.util.Base64;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * An older version of the image, stored in the target's region. Equal parts are copied from it instead of the source:
 * inside one region, which is faster and has no transfer cost.
 *
 * @param eTag the ETag that its snapshot must still have when a part is copied
 * @param sizeBytes the size of its snapshot in bytes
 * @param equalParts the numbers of the parts that are equal and were not there before, as the Base64 of a set of bits; at
 *     most 1,668 characters
 */
public record Base(ImageId image, SnapshotId snapshot, String eTag, long sizeBytes, String equalParts) {
    public static Base of(ImageId image, SnapshotId snapshot, String eTag, long sizeBytes, IntStream equalParts) {
        var bits = new BitSet();
        equalParts.forEach(bits::set);
        return new Base(image, snapshot, eTag, sizeBytes, Base64.getEncoder().encodeToString(bits.toByteArray()));
    }

    /** Returns the number of bytes in the plan's equal parts. */
    public long equalBytes(PartPlan plan) {
        return numbers().stream().mapToLong(plan::sizeOf).sum();
    }

    /** Returns the numbers of the parts to copy from this base, as a set of bits. */
    public BitSet numbers() {
        return BitSet.valueOf(Base64.getDecoder().decode(equalParts));
    }
}
