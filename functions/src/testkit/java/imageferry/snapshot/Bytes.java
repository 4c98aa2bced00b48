package imageferry.snapshot;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/** A run of bytes that shares its array with others, so that copies of large sources cost no memory. */
public final class Bytes {
    private final byte[] array;
    private final int from;
    private final int to;

    private Bytes(byte[] array, int from, int to) {
        this.array = array;
        this.from = from;
        this.to = to;
    }

    public static Bytes of(byte[] bytes) {
        return new Bytes(bytes.clone(), 0, bytes.length);
    }

    /** Random bytes, the same for the same seed. */
    public static Bytes random(long seed, int length) {
        var bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return new Bytes(bytes, 0, length);
    }

    @SuppressWarnings("ReferenceEquality") // Compares the array's identity. Equal bytes elsewhere do not continue it.
    static Bytes joined(List<Bytes> parts) {
        var first = parts.getFirst();
        var end = first.to;
        for (var part : parts.subList(1, parts.size())) {
            if (part.array != first.array || part.from != end) {
                return concatenated(parts);
            }
            end = part.to;
        }
        return new Bytes(first.array, first.from, end);
    }

    private static Bytes concatenated(List<Bytes> parts) {
        var all = new byte[parts.stream().mapToInt(Bytes::length).sum()];
        var at = 0;
        for (var part : parts) {
            System.arraycopy(part.array, part.from, all, at, part.length());
            at += part.length();
        }
        return new Bytes(all, 0, all.length);
    }

    public int length() {
        return to - from;
    }

    public byte[] copy() {
        return Arrays.copyOfRange(array, from, to);
    }

    Bytes slice(long first, long last) {
        return new Bytes(array, from + Math.toIntExact(first), from + Math.toIntExact(last) + 1);
    }

    /** The same bytes but for one bit. */
    Bytes flipped() {
        var other = copy();
        other[other.length / 2] ^= 1;
        return new Bytes(other, 0, other.length);
    }

    /** The base64 of their SHA-256. */
    public String sha256() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(array, from, length());
            return Base64.getEncoder().encodeToString(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
