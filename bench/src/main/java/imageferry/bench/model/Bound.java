package imageferry.bench.model;

import imageferry.bench.physics.Calibration;
import java.time.Duration;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The shortest time in which any tool can copy an object with so many streams: that of the best legal plan, and of the
 * three requests that no multipart copy can do without (look at the source, open, complete).
 *
 * @param width how many streams copy at once
 */
public record Bound(Calibration calibration, int width) {
    private static final long MIN_PART_BYTES = 5L << 20;
    private static final long MAX_PART_BYTES = 5L << 30;
    /** As many parts as one upload may have. */
    public static final int MAX_PARTS = 10_000;

    /** Those of any multipart copy. */
    public static final int ROUND_TRIPS = 3;

    /** Sizes between those that make whole waves; they matter only where the bucket limits requests. */
    private static final int STEPS = 200;

    /** The time of the best plan with the round trips around it. */
    public Duration time(long sizeBytes) {
        return seconds(best(sizeBytes) + ROUND_TRIPS * inSeconds(calibration.roundTrip()));
    }

    /** Whether S3 takes such a plan. */
    public static boolean isLegal(long sizeBytes, long partSizeBytes) {
        return partSizeBytes <= MAX_PART_BYTES && Math.ceilDiv(sizeBytes, partSizeBytes) <= MAX_PARTS;
    }

    /** The smallest parts that an object of that size can be copied in, in bytes. */
    public static long smallestPart(long sizeBytes) {
        return Math.max(MIN_PART_BYTES, Math.ceilDiv(sizeBytes, MAX_PARTS));
    }

    /** How much longer the parts of a plan take than those of the best plan; 1 when it is the best. */
    public double regret(long sizeBytes, long partSizeBytes) {
        return parts(sizeBytes, partSizeBytes) / best(sizeBytes);
    }

    /** The seconds that the best plan's parts take. */
    private double best(long sizeBytes) {
        return DoubleStream.concat(
                        wavePlans(sizeBytes).mapToDouble(part -> parts(sizeBytes, part)),
                        otherPlans(sizeBytes).mapToDouble(part -> parts(sizeBytes, part)))
                .min()
                .orElseThrow();
    }

    /** For each number of waves the smallest part that needs no more of them. */
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

    /** The seconds that the parts of a plan take: whole waves, unless the bucket lets fewer requests in. */
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
