package imageferry.bench.timing;

/** Token bucket that admits a number of requests in each second, and as many at once after an idle second. */
final class TokenBucket {
    private final double perSecond;
    private double tokens;
    private long at;

    TokenBucket(double perSecond, long now) {
        this.perSecond = perSecond;
        this.tokens = perSecond;
        this.at = now;
    }

    /** Takes a token for one request, if there is one. */
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
