package imageferry.local.store;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;

/** Test data and its checksums, computed without any code of the stores. */
final class Bytes {
    static final int MIB = 1 << 20;

    private Bytes() {}

    static byte[] random(int size, long seed) {
        var bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static String sha256(byte[] all, int from, int to) {
        return Base64.getEncoder().encodeToString(digest(Arrays.copyOfRange(all, from, to)));
    }

    /** S3's composite checksum of parts of this size. */
    static String composite(byte[] all, int partSize) {
        var parts = (all.length + partSize - 1) / partSize;
        var digests = new byte[32 * parts];
        for (var part = 0; part < parts; part++) {
            var bytes = Arrays.copyOfRange(all, part * partSize, Math.min(all.length, (part + 1) * partSize));
            System.arraycopy(digest(bytes), 0, digests, 32 * part, 32);
        }
        return Base64.getEncoder().encodeToString(digest(digests)) + "-" + parts;
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
