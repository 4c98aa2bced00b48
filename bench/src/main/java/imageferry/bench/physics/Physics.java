package imageferry.bench.physics;

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

    /** A request that copies so many bytes. */
    public Outcome copy(long bytes) throws InterruptedException {
        if (!throttle.admits(time.nanos())) {
            roundTrip();
            return Outcome.SLOW_DOWN;
        }
        var whole = calibration.copying(bytes);
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
        ERROR_IN_OK
    }
}
