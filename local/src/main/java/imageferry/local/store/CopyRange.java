package imageferry.local.store;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The range of bytes of the source that a part is copied from, by S3's rules. */
record CopyRange(long from, long length) {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{1,18})-(\\d{1,18})");
    private static final long LARGEST_UNDIVIDED_SOURCE = 5L << 20;
    private static final long LARGEST_PART = 5L << 30;

    static CopyRange of(@Nullable String header, long sourceSize) {
        if (header == null) {
            return new CopyRange(0, sourceSize).verified();
        }
        var range = RANGE.matcher(header);
        if (!range.matches()) {
            throw S3Refusal.invalidArgument("The x-amz-copy-source-range value must be of the form bytes=first-last"
                    + " where first and last are the zero-based offsets of the first and last bytes to copy");
        }
        var first = Long.parseLong(range.group(1));
        var last = Long.parseLong(range.group(2));
        if (first > last || last >= sourceSize) {
            throw S3Refusal.invalidArgument("Range specified is not valid for source object of size: " + sourceSize);
        }
        if (sourceSize <= LARGEST_UNDIVIDED_SOURCE) {
            throw S3Refusal.invalidRequest("The specified copy source is not supported as a byte-range copy source");
        }
        return new CopyRange(first, last - first + 1).verified();
    }

    private CopyRange verified() {
        if (length > LARGEST_PART) {
            throw S3Refusal.invalidRequest("The specified copy source is larger than the maximum allowable size for a"
                    + " copy source: " + LARGEST_PART);
        }
        return this;
    }
}
