package imageferry.local;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Looks again until something is so. */
public final class Await {
    private static final Duration PAUSE = Duration.ofMillis(300);

    private Await() {}

    /** @throws AssertionError that tells what was waited for and what was seen last, once the limit has passed */
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
