package imageferry.bench.physics;

import java.time.Duration;
import java.util.SplittableRandom;

/** Lets the requests of one bucket take their time, and turns some of them away. For many threads. */
public final class Physics {
    private final Calibration calibration;
    private final Time time;
    private final Throttle throttle;
    private final SplittableRandom random;

    /** @param seed makes the mishaps of a run repeatable */
    public Physics(Calibration calibration, Time time, long seed) {
        this.calibration = calibration;
        this.time = time;
        this.throttle = new Throttle(calibration.copiesPerSecond(), time.nanos());
        this.random = new SplittableRandom(seed);
    }

    /** A request that copies nothing. */
    public void roundTrip() throws InterruptedException {
        time.sleep(calibration.roundTrip());
    }

    /** A request that copies so many bytes, for a client that waits for as long as it takes. */
    public Outcome copy(long bytes) throws InterruptedException {
        return copy(bytes, calibration.copying(bytes));
    }

    /** @param patience how long the client waits for an answer */
    public Outcome copy(long bytes, Duration patience) throws InterruptedException {
        if (!throttle.admits(time.nanos())) {
            roundTrip();
            return Outcome.SLOW_DOWN;
        }
        var whole = calibration.copying(bytes);
        if (whole.compareTo(patience) > 0) {
            time.sleep(patience);
            return Outcome.GIVEN_UP;
        }
        return switch (calibration.mishaps().fate(chance())) {
            case GOOD -> {
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

    /** How a copying request ends. */
    public enum Outcome {
        COPIED,
        SLOW_DOWN,
        INTERNAL_ERROR,
        ERROR_IN_OK,
        GIVEN_UP
    }
}
