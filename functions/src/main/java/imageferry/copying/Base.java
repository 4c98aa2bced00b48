package imageferry.copying;

import imageferry.id.ImageId;
import imageferry.id.SnapshotId;
import imageferry.snapshot.PartPlan;
import java.util.Base64;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * A version of the image that is in the target's region already. Parts of a copy that are equal to its parts are taken
 * from there: inside one region, where bytes are moved fast and for nothing.
 *
 * @param eTag pins its snapshot
 * @param sizeBytes of its snapshot
 * @param equalParts the numbers of the parts that are equal and were not there before, as the Base64 of a set of bits; at
 *     most 1,668 characters
 */
public record Base(ImageId image, SnapshotId snapshot, String eTag, long sizeBytes, String equalParts) {
    public static Base of(ImageId image, SnapshotId snapshot, String eTag, long sizeBytes, IntStream equalParts) {
        var bits = new BitSet();
        equalParts.forEach(bits::set);
        return new Base(image, snapshot, eTag, sizeBytes, Base64.getEncoder().encodeToString(bits.toByteArray()));
    }

    /** How many bytes of the plan's parts are equal. */
    public long equalBytes(PartPlan plan) {
        return numbers().stream().mapToLong(plan::sizeOf).sum();
    }

    /** For each number whether that part is to be taken from here. */
    public BitSet numbers() {
        return BitSet.valueOf(Base64.getDecoder().decode(equalParts));
    }
}
