package imageferry.local.lambda;

import java.nio.file.Path;

/** Receives reports of what failed where nobody waits for an answer. */
@FunctionalInterface
public interface Failures {
    /** Ignores all reports. */
    Failures UNHEARD = (function, sentence, file) -> {};

    /**
     * Reports one failure.
     *
     * @param function its logical id
     * @param file has more about it
     */
    void happened(String function, String sentence, Path file);
}
