package imageferry.local;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Polls until a condition holds. */
public final class Await {
    private static final Duration PAUSE = Duration.ofMillis(300);

    private Await() {}

    /** @throws AssertionError with the condition and the last value, once the limit has passed */
    public static <T> T until(String what, Duration limit, Callable<T> look, Predicate<? super T> enough)
            throws Exception {
        var end = System.nanoTime() + limit.toNanos();
        while (true) {
            var seen = look.call();
            if (enough.test(seen)) {
                return seen;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("Waited " + limit.toSeconds() + " s in vain for " + what + "; last: " + seen);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
