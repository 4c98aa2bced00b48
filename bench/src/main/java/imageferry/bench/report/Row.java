package imageferry.bench.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import imageferry.bench.physics.Calibration;
import org.jspecify.annotations.Nullable;

/**
 * One copy by one tool.
 *
 * @param settings {@code defaults}, or {@code tuned} to our width and our parts
 * @param seconds from the first request to the last answer, at the server; null when the copy failed
 * @param beforeSeconds of these, those until the first request that copies
 * @param afterSeconds of these, those since the last answer to a request that copies
 * @param efficiency the bound of the same width divided by the seconds
 * @param planRegret how much longer this plan's parts take than the best plan's of the same width; 1 is the best, and null
 *     a plan that S3 refuses
 * @param requests as the server counted them
 * @param costUsd the requests, the bytes that moved, and for ours what runs beside S3; a copy that failed is paid for, too
 * @param kind {@code measured} in real time over the wire, or {@code model} in virtual time
 * @param width how many parts the tool copies at once when there are enough of them
 * @param slowDowns copying requests answered with 503 SlowDown
 * @param allowedShare parts, by what the bucket would have let in until it had let in as many requests
 * @param overheadShare what the copy cost beside the transfer and one month's storage, as a share of these two
 * @param failure why it failed
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

    /** The seconds of a copy that did not fail. */
    double time() {
        return seconds == null ? Double.POSITIVE_INFINITY : seconds;
    }

    /** The efficiency; 0 of a copy that failed. */
    double reached() {
        return efficiency == null ? 0 : efficiency;
    }

    /** The size as people write it. */
    String size() {
        return Units.size(sizeBytes);
    }

    /** What its calibration's name stands for. */
    Calibration physics() {
        return Calibration.named(calibration);
    }
}
