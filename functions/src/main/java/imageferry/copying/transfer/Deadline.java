package imageferry.copying.transfer;

import java.time.Duration;

/** The remaining time of the caller; a function's time is limited. */
@FunctionalInterface
public interface Deadline {
    Duration left();
}
