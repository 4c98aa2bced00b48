package imageferry.snapshot;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One part's way from bucket to bucket.
 *
 * @param sourceETag the source must still have it
 * @param number the part's number in the upload, 1–10,000
 * @param sizeBytes the part's length in bytes
 * @param range the bytes of the source; null for all of it (the store refuses ranges of small sources)
 */
public record PartCopy(
        Blob source,
        String sourceETag,
        Blob target,
        UploadId upload,
        int number,
        long sizeBytes,
        @Nullable ByteRange range) {
    /** The longest that copying one part may take: less than the 15 minutes that Lambda lets a worker live. */
    public static final Duration LONGEST = Duration.ofMinutes(14);

    /** A quarter of the slowest rate seen between far regions, in bytes a second: slower than that is stuck. */
    public static final long SLOWEST_BYTES_PER_SECOND = 1 << 20;

    /** The bytes that even the slowest stream copies in that time. */
    public static final long ALWAYS_IN_TIME_BYTES = SLOWEST_BYTES_PER_SECOND * LONGEST.toSeconds();

    /** Bytes from {@code first} to {@code last}, both included, counted from 0. */
    public record ByteRange(long first, long last) {}

    @Override
    public String toString() {
        return "part " + number + " of " + target;
    }
}
