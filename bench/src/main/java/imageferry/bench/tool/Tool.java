package imageferry.bench.tool;

import imageferry.bench.model.PeerModel;
import java.io.IOException;
import java.util.Optional;

/** Installed tool that copies an object between two buckets. */
public interface Tool {
    /** Returns its usual name. */
    String name();

    /** Returns its version; empty when it is not installed. */
    Optional<String> version() throws IOException, InterruptedException;

    /** Returns how to install it. */
    String howToInstall();

    /** Returns the model of its documented behaviour, for sizes that take too long to measure. */
    PeerModel model();

    /** Returns how many parts the installed version copies at once; most copy the configured number. */
    default int widthOfParts(int configured) {
        return configured;
    }

    /**
     * Copies the source, tuned or with its defaults.
     *
     * @param begin to be called when the tool is ready; earlier requests are not counted
     * @throws CopyFailed when the tool fails
     */
    void copy(Job job, boolean tuned, Runnable begin) throws IOException, InterruptedException;
}
