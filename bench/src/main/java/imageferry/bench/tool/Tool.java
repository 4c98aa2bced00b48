package imageferry.bench.tool;

import imageferry.bench.model.PeerModel;
import java.io.IOException;
import java.util.Optional;

/** Something that copies an object between two buckets, and is run for real. */
public interface Tool {
    /** As its users know it. */
    String name();

    /** What it says of itself; empty when it is not on this machine. */
    Optional<String> version() throws IOException, InterruptedException;

    /** How to get it. */
    String howToInstall();

    /** Its documented behaviour, for sizes that nobody waits for. */
    PeerModel model();

    /** How many parts this very version copies at once, whatever it is told; most do as they are told. */
    default int widthOfParts(int told) {
        return told;
    }

    /**
     * Copies the source to where it wants to, tuned or as it comes.
     *
     * @param begin to be called when all is ready: what the server saw before does not count
     * @throws CopyFailed when it gives up
     */
    void copy(Job job, boolean tuned, Runnable begin) throws IOException, InterruptedException;
}
