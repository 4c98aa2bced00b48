package imageferry.bench.physics;

/** A bucket of tokens: so many requests in a second, and as many at once after a quiet second. */
final class Throttle {
    private final double perSecond;
    private double tokens;
    private long at;

    Throttle(double perSecond, long now) {
        this.perSecond = perSecond;
        this.tokens = perSecond;
        this.at = now;
    }

    /** Whether one more request may come in now. */
    synchronized boolean admits(long now) {
        tokens = Math.min(perSecond, tokens + (now - at) / 1e9 * perSecond);
        at = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
