package imageferry.bench.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import imageferry.bench.timing.Calibration;
import org.jspecify.annotations.Nullable;

/**
 * Result of one copy by one tool.
 *
 * @param settings {@code defaults}, or {@code tuned} to our width and part size
 * @param seconds from the first request to the last answer at the server; null when the copy failed
 * @param beforeSeconds the part of these seconds before the first copying request
 * @param afterSeconds the part of these seconds after the last answer to a copying request
 * @param efficiency the bound of the same width divided by the seconds
 * @param planRegret the time of this plan's parts, divided by that of the best plan's of the same width; 1 is the best, null
 *     for a plan that S3 rejects
 * @param requests counted by the server
 * @param costUsd price of the requests, the transferred bytes and, for ours, the other services; also for a failed copy
 * @param kind {@code measured} in real time over HTTP, or {@code model} in virtual time
 * @param width parts that the tool copies at once when there are enough
 * @param slowDowns copying requests answered with 503 SlowDown
 * @param allowedShare the parts, divided by the requests that the bucket allowed in the time until it admitted as many requests
 * @param overheadShare the other costs of the copy, divided by those of the transfer and one month's storage
 * @param failure the reason of a failed copy
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Row(
        String tool,
        String settings,
        String calibration,
        long sizeBytes,
        @Nullable Double seconds,
        @Nullable Double beforeSeconds,
        @Nullable Double afterSeconds,
        @Nullable Double efficiency,
        @Nullable Double planRegret,
        long requests,
        double costUsd,
        String kind,
        int width,
        long slowDowns,
        double allowedShare,
        double overheadShare,
        @Nullable String failure) {
    public static final String OURS = "imageferry";
    public static final String DEFAULTS = "defaults";
    public static final String TUNED = "tuned";
    public static final String MEASURED = "measured";
    public static final String MODEL = "model";

    boolean isOurs() {
        return tool.equals(OURS);
    }

    boolean isMeasured() {
        return kind.equals(MEASURED);
    }

    boolean isTuned() {
        return settings.equals(TUNED);
    }

    boolean isSameRun(Row other) {
        return calibration.equals(other.calibration) && sizeBytes == other.sizeBytes && kind.equals(other.kind);
    }

    boolean failed() {
        return seconds == null;
    }

    /** Returns the seconds; infinite for a failed copy. */
    double time() {
        return seconds == null ? Double.POSITIVE_INFINITY : seconds;
    }

    /** Returns the efficiency; 0 for a failed copy. */
    double reached() {
        return efficiency == null ? 0 : efficiency;
    }

    /** Returns the formatted size. */
    String size() {
        return Units.size(sizeBytes);
    }

    /** Returns the calibration of that name. */
    Calibration profile() {
        return Calibration.named(calibration);
    }
}
