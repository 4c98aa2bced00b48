package imageferry.bench.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One copy by one tool.
 *
 * @param settings {@code defaults}, or {@code tuned} to our width and our parts
 * @param seconds from the first request to the last answer, at the server; null when the copy failed
 * @param efficiency the bound of the same width divided by these seconds
 * @param planRegret how much longer this plan's parts take than the best plan's of the same width; 1 is the best
 * @param requests as the server counted them
 * @param costUsd the requests, the transfer, and for ours what runs beside S3
 * @param kind {@code measured} in real time over the wire, or {@code model} in virtual time
 * @param width how many streams the tool copies with
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

    /** The seconds of a copy that did not fail. */
    double time() {
        return seconds == null ? Double.POSITIVE_INFINITY : seconds;
    }
}
