package imageferry.snapshot;

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
                    "\"" + value + "\" is no composite SHA-256; expected base64, a dash and the number of parts");
        }
        if (partSizeBytes < 1) {
            throw new IllegalArgumentException("A part has at least 1 byte, not " + partSizeBytes);
        }
    }

    public static boolean isOne(String text) {
        return text.matches("[A-Za-z0-9+/]{43}=-[1-9][0-9]{0,4}");
    }
}
