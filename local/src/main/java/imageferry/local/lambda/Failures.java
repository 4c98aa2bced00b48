package imageferry.local.lambda;

import java.nio.file.Path;

/** Hears of what went wrong where nobody waits for an answer. */
@FunctionalInterface
public interface Failures {
    /** Somebody who is told of nothing. */
    Failures UNHEARD = (function, sentence, file) -> {};

    /**
     * Reports one failure.
     *
     * @param function its logical id
     * @param file has more about it
     */
    void happened(String function, String sentence, Path file);
}
