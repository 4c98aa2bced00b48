package imageferry.local.command;

import imageferry.local.store.TemporaryFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A folder that is removed when the command ends, also by Ctrl-C. Nothing can remove it after a {@code kill -9}. */
final class TemporaryFolder implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(TemporaryFolder.class.getName());
    private static final long LONGEST_START_SECONDS = 60;

    /** Threads that a start left in the background may still write for a moment. */
    private static final int TRIES = 50;

    private static final long BETWEEN_TRIES_MILLIS = 100;

    private final Path path;
    private final Thread atExit = new Thread(this::endAtExit, "temporary-folder");
    private final ReentrantLock starting = new ReentrantLock();
    private volatile @Nullable AutoCloseable user;

    private TemporaryFolder(Path path) {
        this.path = path;
    }

    /** @throws Explained when the system's temporary folder cannot be used */
    static TemporaryFolder make(String prefix) {
        try {
            var folder = new TemporaryFolder(Files.createTempDirectory(prefix));
            Runtime.getRuntime().addShutdownHook(folder.atExit);
            return folder;
        } catch (IOException refused) {
            throw new Explained(TemporaryFiles.sentence(refused));
        }
    }

    Path path() {
        return path;
    }

    /** Starts a resource that writes into the folder. It is closed before the folder is removed, also when Ctrl-C comes during
     * its start. */
    <T extends AutoCloseable> T usedBy(Callable<T> start) throws Exception {
        starting.lock();
        try {
            var writer = start.call();
            user = writer;
            return writer;
        } finally {
            starting.unlock();
        }
    }

    private void endAtExit() {
        try {
            if (!starting.tryLock(LONGEST_START_SECONDS, TimeUnit.SECONDS)) {
                LOG.log(Level.DEBUG, "The start did not end");
            }
            var writer = user;
            if (writer != null) {
                writer.close();
            }
        } catch (Exception stuck) {
            LOG.log(Level.DEBUG, "Not closed cleanly", stuck);
        }
        try {
            remove();
        } catch (UncheckedIOException stuck) {
            // The process is ending; a stack trace would not help.
            LOG.log(Level.DEBUG, "Not removed", stuck);
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException ctrlC) {
            waitForTheEnd();
        }
        remove();
    }

    /** The command failed because everything is being closed, so its failure is not reported. */
    private static void waitForTheEnd() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException unexpected) {
            Thread.currentThread().interrupt();
        }
    }

    private void remove() {
        for (var left = TRIES; ; left--) {
            try {
                removeOnce();
                return;
            } catch (IOException | UncheckedIOException changing) {
                if (left == 0 || !paused()) {
                    throw changing instanceof UncheckedIOException unchecked
                            ? unchecked
                            : new UncheckedIOException((IOException) changing);
                }
            }
        }
    }

    private static boolean paused() {
        try {
            Thread.sleep(BETWEEN_TRIES_MILLIS);
            return true;
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Symbolic links are removed, not followed. */
    private void removeOnce() throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (var files = Files.walk(path)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
