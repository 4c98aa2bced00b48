package imageferry.copying.transfer;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Limits the rate at which a worker's streams start parts. The store limits requests per second, so a push-back spreads
 * the starts, and fewer parts are in progress as a consequence. Streams that pause and return together would meet the
 * same limit again.
 *
 * <p>A push-back ends a burst of unlimited starts. Each further one halves their rate, which grows with time, by
 * at least a fixed amount. So each of many workers finds its share of one limit without knowledge of the others.
 */
final class RateLimiter {
    /** Starts in a second after a push-back that ends a burst of free ones. */
    private static final double FIRST = 16;
    /** Starts in a second, however often the store pushes back. */
    private static final double SLOWEST = 0.5;
    /** Starts in a second from which on they need no spreading. */
    private static final double FREE = 200;
    /** The growth of the rate in a second: a fixed part, and a share of the rate. */
    private static final double GROWTH = 4;

    private static final double GROWING_SHARE = 0.25;
    /** The time of push-backs without a success after which a call gives up. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final InstantSource clock;
    private double rate = FREE;
    private Instant grownAt;
    private Instant next;
    private int slowings;
    /** The time of the first push-back since the last success. */
    private @Nullable Instant fruitlessSince;

    private int underWay;

    RateLimiter(InstantSource clock) {
        this.clock = clock;
        this.grownAt = clock.instant();
        this.next = grownAt;
    }

    /**
     * A reserved start.
     *
     * @param ahead the time until it
     * @param gap the time from it to the next one
     * @param line the number of times that starts were slowed down before it
     */
    record Place(Duration ahead, Duration gap, int line) {}

    synchronized Place take() {
        var now = clock.instant();
        grow(now);
        var start = next.isBefore(now) ? now : next;
        next = start.plus(gap());
        return new Place(Duration.between(now, start), gap(), slowings);
    }

    /** Returns whether a place is invalid, as the line has slowed down since it was taken. */
    synchronized boolean isGone(Place place) {
        return place.line != slowings;
    }

    /** A part is started; the answer belongs to {@link #ended}. */
    synchronized int started() {
        underWay++;
        return slowings;
    }

    /**
     * Records the end of a part.
     *
     * @param started parts that were started before the last push-back say nothing new when they are pushed back, too
     */
    synchronized void ended(int started, boolean pushedBack) {
        underWay--;
        if (!pushedBack) {
            fruitlessSince = null;
        } else if (started == slowings) {
            slowings++;
            slow();
        }
    }

    private void slow() {
        var now = clock.instant();
        grow(now);
        rate = rate < FREE ? Math.max(SLOWEST, rate / 2) : FIRST;
        fruitlessSince = fruitlessSince == null ? now : fruitlessSince;
        next = now.plus(gap());
    }

    private void grow(Instant now) {
        if (now.isBefore(grownAt)) {
            startAnew(now);
        }
        var seconds = Duration.between(grownAt, now).toNanos() / 1e9;
        rate = Math.min(FREE, rate + seconds * (GROWTH + rate * GROWING_SHARE));
        grownAt = now;
    }

    /** Moves all noted times to the present, after the clock was set back. */
    private void startAnew(Instant now) {
        grownAt = now;
        next = now;
        fruitlessSince = fruitlessSince == null ? null : now;
    }

    /** Returns the time from one start to the next. */
    synchronized Duration gap() {
        return rate < FREE ? Duration.ofNanos(Math.round(1e9 / rate)) : Duration.ZERO;
    }

    /** Returns whether the store has pushed back all calls for a long time, and none in progress might succeed. */
    synchronized boolean isHopeless() {
        return underWay == 0 && fruitlessSince != null && !clock.instant().isBefore(fruitlessSince.plus(PATIENCE));
    }
}
