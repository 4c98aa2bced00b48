package imageferry.copying.transfer;

import java.time.Duration;

/** How long the one who calls may still take; a function's time runs out. */
@FunctionalInterface
public interface Deadline {
    Duration left();
}
