package imageferry.local.cloud;

import java.util.ArrayDeque;
import java.util.Deque;

/** The started parts. Closing takes the opposite order, and continues when one part fails to close. */
final class Parts implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Parts.class.getName());

    private final Deque<AutoCloseable> started = new ArrayDeque<>();

    synchronized <T extends AutoCloseable> T add(T part) {
        started.push(part);
        return part;
    }

    /** May be called twice, also concurrently: by the command and by the end of the process. */
    @Override
    public synchronized void close() {
        while (!started.isEmpty()) {
            close(started.pop());
        }
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception stuck) {
            LOG.log(System.Logger.Level.WARNING, "A part of the local cloud did not close cleanly.", stuck);
            if (stuck instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
