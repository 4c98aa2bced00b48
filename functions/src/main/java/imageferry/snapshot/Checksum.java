package imageferry.snapshot;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * S3's composite SHA-256 of a snapshot: the hash of the parts' hashes, so it depends on the part size.
 *
 * @param value base64, a dash, and the number of parts
 * @param partSizeBytes the canonical part size in bytes; every part but the last has it
 */
public record Checksum(String value, long partSizeBytes) {
    public Checksum {
        if (!isOne(value)) {
            throw new IllegalArgumentException(
                    "\"" + value + "\" is not a composite SHA-256; expected base64, a dash and the number of parts");
        }
        if (partSizeBytes < 1) {
            throw new IllegalArgumentException("A part has at least 1 byte, not " + partSizeBytes);
        }
    }

    /**
     * The composite of a whole object's parts, in order.
     *
     * @throws IllegalArgumentException when a part has no SHA-256
     */
    public static Checksum of(List<Part> parts, long partSizeBytes) {
        var all = sha256();
        for (var part : parts) {
            if (!part.hasSha256()) {
                throw new IllegalArgumentException("Part " + part.number() + " has no SHA-256");
            }
            all.update(Base64.getDecoder().decode(part.sha256()));
        }
        return new Checksum(Base64.getEncoder().encodeToString(all.digest()) + "-" + parts.size(), partSizeBytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    public static boolean isOne(String text) {
        return text.matches("[A-Za-z0-9+/]{43}=-[1-9][0-9]{0,4}");
    }
}
