package imageferry.snapshot;

import java.util.Optional;

/**
 * One part's way from bucket to bucket.
 *
 * @param sourceETag the source must still have it
 * @param number the part's number in the upload, 1–10,000
 * @param sizeBytes how many bytes the part has
 * @param range which bytes of the source; empty for all of it (the store refuses ranges of small sources)
 */
public record PartCopy(
        Blob source,
        String sourceETag,
        Blob target,
        UploadId upload,
        int number,
        long sizeBytes,
        Optional<ByteRange> range) {

    /** Bytes from {@code first} to {@code last}, both included, counted from 0. */
    public record ByteRange(long first, long last) {}

    @Override
    public String toString() {
        return "part " + number + " of " + target;
    }
}
