package imageferry.local.prove;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;

/**
 * A generated raw disk: random bytes, which differ everywhere, and the signature of a master boot record. Any part can be
 * generated again, so no file is needed.
 *
 * @param bytes at least 512
 */
record Disk(long seed, long bytes) {
    private static final int BLOCK = 1 << 20;
    private static final int SIGNATURE_AT = 510;

    /** Returns the next part, of at most that number of blocks of 1 MiB. */
    byte[] part(long from, int blocks) {
        if (from % BLOCK != 0) {
            throw new IllegalArgumentException(from + " is not the beginning of a block");
        }
        var part = new byte[(int) Math.min((long) blocks * BLOCK, bytes - from)];
        for (var at = 0; at < part.length; at += BLOCK) {
            var block = new byte[BLOCK];
            new SplittableRandom(seed + from + at).nextBytes(block);
            System.arraycopy(block, 0, part, at, Math.min(BLOCK, part.length - at));
        }
        if (from == 0) {
            part[SIGNATURE_AT] = 0x55;
            part[SIGNATURE_AT + 1] = (byte) 0xAA;
        }
        return part;
    }

    /** Returns the SHA-256 of all bytes in hexadecimal, as {@code sha256sum} prints it. */
    String sha256() {
        var digest = newSha256();
        for (var at = 0L; at < bytes; at += BLOCK) {
            digest.update(part(at, 1));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
