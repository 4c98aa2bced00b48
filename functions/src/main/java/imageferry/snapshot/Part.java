package imageferry.snapshot;

/**
 * A part that the store holds, of an open upload or of a finished object.
 *
 * @param number 1–10,000
 * @param sizeBytes 1 byte–5 GiB
 * @param sha256 base64 of the SHA-256 that the store computed over the part; empty when the store knows none
 * @param eTag empty for the parts of a finished object
 */
public record Part(int number, long sizeBytes, String sha256, String eTag) {
    /** Returns whether the store proves the part's bytes; a part without a SHA-256 proves nothing. */
    public boolean hasSha256() {
        return !sha256.isEmpty();
    }
}
