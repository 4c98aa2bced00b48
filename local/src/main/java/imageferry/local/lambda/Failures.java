package imageferry.local.lambda;

import java.nio.file.Path;

/** Receives reports of failures for which no caller waits. */
@FunctionalInterface
public interface Failures {
    /** Ignores all reports. */
    Failures UNHEARD = (function, sentence, file) -> {};

    /**
     * Reports one failure.
     *
     * @param function its logical id
     * @param file with the details
     */
    void happened(String function, String sentence, Path file);
}
