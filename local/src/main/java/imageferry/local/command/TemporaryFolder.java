package imageferry.local.command;

import imageferry.local.store.TemporaryFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A folder that is gone when the command ends, also when Ctrl-C ends it. Nothing can remove it after a {@code kill -9}. */
final class TemporaryFolder implements AutoCloseable {
    private final Path path;
    private final Thread atExit = new Thread(this::endAtExit, "temporary-folder");
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

    /** Notes what writes into the folder, to close it before the folder is removed. */
    <T extends AutoCloseable> T usedBy(T writer) {
        user = writer;
        return writer;
    }

    private void endAtExit() {
        try {
            var writer = user;
            if (writer != null) {
                writer.close();
            }
        } catch (Exception stuck) {
            System.getLogger(TemporaryFolder.class.getName())
                    .log(System.Logger.Level.DEBUG, "Not closed cleanly", stuck);
        }
        remove();
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

    /** The command failed because everything is being closed, so its failure is not worth a word. */
    private static void waitForTheEnd() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException unexpected) {
            Thread.currentThread().interrupt();
        }
    }

    /** Symbolic links are removed, not followed. */
    private void remove() {
        try (var files = Files.walk(path)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
