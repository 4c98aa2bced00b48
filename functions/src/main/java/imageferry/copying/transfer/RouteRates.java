package imageferry.copying.transfer;

import imageferry.copying.Copy;
import imageferry.copying.Throughput;
import imageferry.copying.queue.Slots;
import imageferry.region.Region;
import imageferry.rule.Count;
import imageferry.snapshot.PartCopy;
import imageferry.snapshot.PartPlan;
import java.time.Duration;
import java.util.Optional;

/** The rate of one stream between two regions, measured by finished copies. */
record RouteRates(Slots slots) {
    /** Small parts, which the overhead of requests slows down, may have shown the rate; so a copy near the limit is tried. */
    private static final Duration CERTAINLY_TOO_LONG =
            PartCopy.LONGEST.multipliedBy(5).dividedBy(4);

    /** Returns the rate of one stream; empty until a copy has measured it. */
    Optional<Long> bytesPerSecond(Copy copy) {
        return bytesPerSecond(copy.source().region(), copy.region());
    }

    private Optional<Long> bytesPerSecond(Region source, Region target) {
        return slots.use(target).stream(source).map(Throughput::bytesPerSecond).filter(rate -> rate > 0);
    }

    /**
     * Rule 13: the reason why the route is too slow for parts of that size, with the numbers. Empty when it is fast enough or
     * unknown.
     */
    Optional<String> refusal(Region source, Region target, long partBytes) {
        if (partBytes <= PartCopy.ALWAYS_IN_TIME_BYTES) {
            return Optional.empty();
        }
        return bytesPerSecond(source, target)
                .filter(rate -> partBytes / rate > CERTAINLY_TOO_LONG.toSeconds())
                .map(rate -> "From " + source + " to " + target + " one stream moved " + Count.of(rate, "byte")
                        + " a second lately, so a part of " + Count.of(partBytes, "byte") + " takes "
                        + seconds(partBytes / rate) + ", and a worker has " + seconds(PartCopy.LONGEST.toSeconds())
                        + " for one. At that rate an image of at most "
                        + Count.of(rate * PartCopy.LONGEST.toSeconds() * PartPlan.MAX_PARTS, "byte")
                        + " can be copied (" + Count.of(PartPlan.MAX_PARTS, "part")
                        + "); copy this one through a third region, or when the route is faster");
    }

    /** The same where nothing was known of the route, and a worker has found out. */
    static String refusal(Copy copy) {
        var partBytes = Math.min(copy.partSizeBytes(), copy.bytesTotal());
        return "From " + copy.source().region() + " to " + copy.region() + " no part of " + Count.of(partBytes, "byte")
                + " was copied in the " + seconds(PartCopy.LONGEST.toSeconds())
                + " that a worker has for one, so a stream moves less than "
                + Count.of(Math.ceilDiv(partBytes, PartCopy.LONGEST.toSeconds()), "byte")
                + " a second; copy the image through a third region, or retry when the route is faster";
    }

    private static String seconds(long number) {
        return Count.of(number) + " s";
    }
}
