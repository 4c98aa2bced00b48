package imageferry.copying;

import java.time.Duration;
import java.util.Optional;

/** How fast a worker's streams move bytes: measured at whole parts, as the store says nothing of one while it copies it. */
final class Speed {
    /** What counts as lately: a round of all streams. */
    private static final int LATELY = 32;

    private int underWay;
    private int seen;
    private double usualBytes;
    private double usualSeconds;
    private long bytes;
    private Duration busy = Duration.ZERO;

    synchronized void began() {
        underWay++;
    }

    synchronized void ended() {
        underWay--;
    }

    /** A part is there. */
    synchronized void arrived(Origin origin, long more, Duration took) {
        seen = Math.min(seen + 1, LATELY);
        usualBytes += (more - usualBytes) / seen;
        usualSeconds += (took.toNanos() / 1e9 - usualSeconds) / seen;
        if (origin == Origin.SOURCE) {
            bytes += more;
            busy = busy.plus(took);
        }
    }

    /**
     * Bytes a second of the parts that are under way, if they take as long as those before them.
     *
     * @param expected of one stream in bytes a second, while no part has shown it
     */
    synchronized long bytesPerSecond(long expected) {
        return Math.round(underWay * (usualSeconds > 0 ? usualBytes / usualSeconds : expected));
    }

    /** How fast one stream moved bytes from the source; empty until a part of it is there. */
    synchronized Optional<Pace> stream() {
        return bytes > 0 ? Optional.of(Pace.of(bytes, busy)) : Optional.empty();
    }

    /** Whether parts are there that tell how fast streams are. */
    synchronized boolean known() {
        return usualSeconds > 0;
    }
}
