package imageferry.local.machine.definition;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One retry policy of a state: its errors, attempts and waits. */
public record Retrier(List<String> errors, int maxAttempts, Backoff backoff) {
    public Retrier {
        errors = List.copyOf(errors);
    }

    /** Waits of {@code interval × rate^n} seconds, at most {@code limit}; with jitter anything between zero and that. */
    public record Backoff(
            int interval, double rate, @Nullable Integer limit, boolean jitter) {
        /** @param retry 0 before the first retry */
        public Duration before(int retry, RandomGenerator random) {
            var seconds = Math.min(interval * Math.pow(rate, retry), limit == null ? MOST_SECONDS : limit);
            return Duration.ofMillis(Math.round(seconds * 1_000 * (jitter ? random.nextDouble() : 1)));
        }
    }

    private static final double MOST_SECONDS = 31_622_400;
}
