package imageferry.copying;

import imageferry.id.ImageId;
import imageferry.id.SnapshotId;
import java.util.Base64;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * A version of the image that is in the target's region already. Parts of a copy that are equal to its parts are taken
 * from there: inside one region, where bytes are moved fast and for nothing.
 *
 * @param eTag pins its snapshot
 * @param sizeBytes of its snapshot
 * @param equalParts the numbers of the parts that are equal, as the Base64 of a set of bits; at most 1,668 characters
 */
public record Base(ImageId image, SnapshotId snapshot, String eTag, long sizeBytes, String equalParts) {

    static Base of(ImageId image, SnapshotId snapshot, String eTag, long sizeBytes, IntStream equalParts) {
        var bits = new BitSet();
        equalParts.forEach(bits::set);
        return new Base(image, snapshot, eTag, sizeBytes, Base64.getEncoder().encodeToString(bits.toByteArray()));
    }

    /** Whether the part of that number is equal, for each number. */
    BitSet numbers() {
        return BitSet.valueOf(Base64.getDecoder().decode(equalParts));
    }
}
