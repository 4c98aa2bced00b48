package imageferry.copying;

import imageferry.snapshot.PartBatch;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * How many parts a worker has under way at once. All its streams, unless parts take longer and longer: then something
 * that they share is full, and fewer streams move as much with less waiting. (A store that says so is no matter of
 * width but of {@link Tempo}.)
 *
 * <p>Longer than usual is judged by a gradient, after the Gradient2 limit of Netflix's concurrency-limits: what parts
 * usually take against what the last one took. As the usual follows, a route that has become slower for good gets all
 * its streams back.
 */
final class Width {
    /** Parts of one size differ by chance; half as long again as usual is no sign of anything. */
    private static final double TOLERANCE = 1.5;
    /** However long a part took, the width follows no steeper a gradient: so it never falls below a quarter. */
    private static final double STEEPEST = 0.5;
    /** How fast the width follows what is judged right. */
    private static final double FOLLOWING = 0.2;
    /** Streams beyond what is judged right, to find out whether there is more room. */
    private static final double PROBING = 4;
    /** How fast the usual follows what parts take: as an average over about so many. */
    private static final int MEMORY = 100;

    private final Semaphore streams = new Semaphore(PartBatch.STREAMS);
    /** What is usual for the one origin says nothing of the other. */
    private final Map<Origin, Usual> usual = new EnumMap<>(Origin.class);

    private double width = PartBatch.STREAMS;
    /** The streams that are under way or could be. */
    private int allowed = PartBatch.STREAMS;

    /** Waits until there is a stream for one more part; {@link #leave} gives it back. */
    void enter() throws InterruptedException {
        streams.acquire();
    }

    /** How many more parts may be under way. */
    int free() {
        return streams.availablePermits();
    }

    /** Gives a stream back, to as many as may be under way now. */
    synchronized void leave() {
        if (allowed > now()) {
            allowed--;
        } else {
            streams.release(1 + now() - allowed);
            allowed = now();
        }
    }

    /** How long a part took that came to its end well; all are of about one size. */
    synchronized void took(Origin origin, Duration time) {
        var seconds = Math.max(1e-3, time.toNanos() / 1e9);
        var now = usual.merge(origin, new Usual(seconds, 1), (before, one) -> before.then(seconds));
        var gradient = Math.clamp(TOLERANCE * now.seconds() / seconds, STEEPEST, 1);
        width = Math.min(PartBatch.STREAMS, width + FOLLOWING * (width * gradient + PROBING - width));
    }

    /** An average over the first parts, that fades from then on. */
    private record Usual(double seconds, int parts) {
        private Usual then(double next) {
            var counted = Math.min(parts + 1, MEMORY);
            return new Usual(seconds + (next - seconds) / counted, counted);
        }
    }

    /** The streams that may be under way at once: 8–{@link PartBatch#STREAMS}. */
    synchronized int now() {
        return (int) Math.round(width);
    }
}
