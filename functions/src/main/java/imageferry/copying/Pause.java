package imageferry.copying;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** The wait before something is tried, or tried again. */
@FunctionalInterface
public interface Pause {

    /** Waits at most so long. */
    void atMost(Duration longest) throws InterruptedException;

    /**
     * Waits by chance: those who were refused together do not come back together.
     *
     * @param random may be asked by many threads at once
     */
    static Pause jittered(RandomGenerator random) {
        return longest -> Thread.sleep(length(longest, random));
    }

    /** How long such a pause is: a quarter of the longest at least. */
    static Duration length(Duration longest, RandomGenerator random) {
        var nanos = longest.toNanos();
        return nanos < 4 ? longest : Duration.ofNanos(random.nextLong(nanos / 4, nanos));
    }
}
