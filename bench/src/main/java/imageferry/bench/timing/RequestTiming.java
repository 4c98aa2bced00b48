package imageferry.bench.timing;

import java.time.Duration;
import java.util.SplittableRandom;

/** Delays the requests to one bucket and rejects some of them. Thread-safe. */
public final class RequestTiming {
    private final Calibration calibration;
    private final Time time;
    private final TokenBucket bucket;
    private final SplittableRandom random;

    /** @param seed makes the faults of a run repeatable */
    public RequestTiming(Calibration calibration, Time time, long seed) {
        this.calibration = calibration;
        this.time = time;
        this.bucket = new TokenBucket(calibration.copiesPerSecond(), time.nanos());
        this.random = new SplittableRandom(seed);
    }

    /** Waits for a request that copies nothing. */
    public void roundTrip() throws InterruptedException {
        time.sleep(calibration.roundTrip());
    }

    /** Waits for a request that copies these bytes; the client waits without a limit. */
    public Outcome copy(long bytes) throws InterruptedException {
        return copy(bytes, calibration.copying(bytes));
    }

    /** @param patience how long the client waits for an answer */
    public Outcome copy(long bytes, Duration patience) throws InterruptedException {
        if (!bucket.admits(time.nanos())) {
            roundTrip();
            return Outcome.SLOW_DOWN;
        }
        var whole = calibration.copying(bytes);
        if (whole.compareTo(patience) > 0) {
            time.sleep(patience);
            return Outcome.GIVEN_UP;
        }
        return switch (calibration.faultRates().fault(chance())) {
            case NONE -> {
                time.sleep(whole);
                yield Outcome.COPIED;
            }
            case INTERNAL_ERROR -> {
                time.sleep(whole.dividedBy(2));
                yield Outcome.INTERNAL_ERROR;
            }
            case ERROR_IN_OK -> {
                time.sleep(whole);
                yield Outcome.ERROR_IN_OK;
            }
        };
    }

    private synchronized double chance() {
        return random.nextDouble();
    }

    /** End of a copying request. */
    public enum Outcome {
        COPIED,
        SLOW_DOWN,
        INTERNAL_ERROR,
        ERROR_IN_OK,
        GIVEN_UP
    }
}
