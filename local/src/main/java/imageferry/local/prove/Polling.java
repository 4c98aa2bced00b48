package imageferry.local.prove;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/**
 * Waits by looking again.
 *
 * @param pause between two looks
 * @param limit after which waiting fails
 */
record Polling(Duration pause, Duration limit) {
    /** @throws IllegalStateException with the condition and the last value, once the limit has passed */
    <T> T until(String condition, Callable<T> look, Predicate<? super T> enough) throws Exception {
        var end = System.nanoTime() + limit.toNanos();
        while (true) {
            var seen = look.call();
            if (enough.test(seen)) {
                return seen;
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        "Waited " + limit.toSeconds() + " s for " + condition + ", in vain; the last value is " + seen);
            }
            Thread.sleep(pause);
        }
    }
}
