package imageferry.aws;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * Pauses between the tries of a call: full jitter, doubling up to a longest pause, bounded in tries and in time. Clock, sleep
 * and chance are passed in, so tests wait for nothing.
 */
public final class Backoff {
    private final Limits limits;
    private final InstantSource clock;
    private final Sleeper sleeper;
    private final RandomGenerator random;

    /**
     * The bounds of the tries of one call.
     *
     * @param tries how often at most, the first one included; at least 1
     * @param firstPause the most that the first pause may last
     * @param longestPause the most that any pause may last
     * @param inAll no pause begins that would end later than this after the first try began
     */
    public record Limits(int tries, Duration firstPause, Duration longestPause, Duration inAll) {
        /** Outlasts a partition split of DynamoDB, yet one call stays below the 29 s that API Gateway waits. */
        public static final Limits FIFTEEN_SECONDS =
                new Limits(25, Duration.ofMillis(50), Duration.ofSeconds(1), Duration.ofSeconds(15));

        public Limits {
            if (tries < 1) {
                throw new IllegalArgumentException("A call needs at least 1 try, not " + tries);
            }
        }
    }

    /** Suspends the calling thread. */
    @FunctionalInterface
    public interface Sleeper {
        void sleep(Duration pause) throws InterruptedException;
    }

    public Backoff(Limits limits, InstantSource clock, Sleeper sleeper, RandomGenerator random) {
        this.limits = limits;
        this.clock = clock;
        this.sleeper = sleeper;
        this.random = random;
    }

    /** Starts counting for one call; its first try is made at once. */
    Tries begin() {
        return new Tries(clock.instant().plus(limits.inAll()));
    }

    final class Tries {
        private final Instant end;
        private int made = 1;

        private Tries(Instant end) {
            this.end = end;
        }

        int made() {
            return made;
        }

        /** Pauses and answers true when one more try is due; false when the call must be given up. */
        boolean again() {
            var pause = pause();
            if (made >= limits.tries() || clock.instant().plus(pause).isAfter(end)) {
                return false;
            }
            try {
                sleeper.sleep(pause);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return false;
            }
            made++;
            return true;
        }

        private Duration pause() {
            var doubled = limits.firstPause().multipliedBy(1L << Math.min(made - 1, 20));
            var most = doubled.compareTo(limits.longestPause()) < 0 ? doubled : limits.longestPause();
            return Duration.ofNanos(random.nextLong(most.toNanos() + 1));
        }
    }
}
