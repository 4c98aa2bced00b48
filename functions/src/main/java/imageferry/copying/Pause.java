package imageferry.copying;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** The wait before something is tried again. */
@FunctionalInterface
public interface Pause {

    /**
     * Waits.
     *
     * @param tries how many tries have failed, at least 1
     */
    void after(int tries) throws InterruptedException;

    /**
     * Waits longer each time, up to 10 s, and each time by chance: those who were refused together do not come back
     * together.
     *
     * @param random may be asked by many threads at once
     */
    static Pause jittered(RandomGenerator random) {
        return tries -> {
            var longest = Math.min(10_000L, 200L << Math.min(tries, 10));
            Thread.sleep(Duration.ofMillis(random.nextLong(longest / 4, longest)));
        };
    }
}
