package imageferry.bench.model;

import imageferry.bench.timing.Calibration;
import java.time.Duration;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Shortest time in which any tool can copy an object with a given number of streams. It is the time of the best legal
 * plan plus the three requests that every multipart copy needs (look at the source, open, complete).
 *
 * @param width streams that copy at once
 */
public record Bound(Calibration calibration, int width) {
    private static final long MIN_PART_BYTES = 5L << 20;
    private static final long MAX_PART_BYTES = 5L << 30;
    /** Largest number of parts in one upload. */
    public static final int MAX_PARTS = 10_000;

    /** Round trips of every multipart copy. */
    public static final int ROUND_TRIPS = 3;

    /** Step between part sizes that are tried. It matters only where the bucket limits requests. */
    private static final int STEPS = 200;

    /** Returns the time of the best plan, round trips included. */
    public Duration time(long sizeBytes) {
        return seconds(best(sizeBytes) + ROUND_TRIPS * inSeconds(calibration.roundTrip()));
    }

    /** Returns whether S3 accepts such a plan. */
    public static boolean isLegal(long sizeBytes, long partSizeBytes) {
        return partSizeBytes <= MAX_PART_BYTES && Math.ceilDiv(sizeBytes, partSizeBytes) <= MAX_PARTS;
    }

    /** Returns the smallest legal part size for an object of this size, in bytes. */
    public static long smallestPart(long sizeBytes) {
        return Math.max(MIN_PART_BYTES, Math.ceilDiv(sizeBytes, MAX_PARTS));
    }

    /** Returns the time of a plan's parts, divided by that of the best plan's; 1 for the best plan. */
    public double regret(long sizeBytes, long partSizeBytes) {
        return parts(sizeBytes, partSizeBytes) / best(sizeBytes);
    }

    /** Returns the time of the best plan's parts, in seconds. */
    private double best(long sizeBytes) {
        return DoubleStream.concat(
                        wavePlans(sizeBytes).mapToDouble(part -> parts(sizeBytes, part)),
                        otherPlans(sizeBytes).mapToDouble(part -> parts(sizeBytes, part)))
                .min()
                .orElseThrow();
    }

    /** Returns, for each number of waves, the smallest part size that needs no more waves. */
    private LongStream wavePlans(long sizeBytes) {
        return LongStream.rangeClosed(1, Math.ceilDiv(MAX_PARTS, width))
                .map(waves -> Math.max(smallestPart(sizeBytes), Math.ceilDiv(sizeBytes, waves * width)))
                .filter(part -> part <= MAX_PART_BYTES);
    }

    private static LongStream otherPlans(long sizeBytes) {
        var smallest = smallestPart(sizeBytes);
        var factor = Math.pow((double) MAX_PART_BYTES / smallest, 1.0 / STEPS);
        return IntStream.rangeClosed(0, STEPS)
                .mapToLong(step -> Math.min(MAX_PART_BYTES, Math.round(smallest * Math.pow(factor, step))));
    }

    /** Returns the time of a plan's parts in seconds: whole waves, or longer if the bucket limits requests. */
    private double parts(long sizeBytes, long partSizeBytes) {
        var parts = Math.ceilDiv(sizeBytes, partSizeBytes);
        var one = inSeconds(calibration.copying(Math.min(sizeBytes, partSizeBytes)));
        var waves = Math.ceilDiv(parts, width) * one;
        var atOnce = calibration.copiesPerSecond();
        return Math.max(waves, (parts - atOnce) / calibration.copiesPerSecond() + one);
    }

    private static double inSeconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }
}
