package imageferry.local.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The folder that keeps all of local mode's data, held by one process at a time: neither store guards its own files. */
public final class DataFolder implements AutoCloseable {
    private final Path path;
    private final FileChannel lockFile;

    private DataFolder(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /**
     * Opens the folder, making it when it is absent.
     *
     * @throws DataFolderInUse when another process, or this one, has it open
     * @throws StoresRefused when the path is a file or cannot be written
     */
    public static DataFolder open(Path folder) {
        Path path = folder.toAbsolutePath().normalize();
        FileChannel lockFile;
        try {
            Files.createDirectories(path);
            lockFile = FileChannel.open(
                    path.resolve("imageferry.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException notAFolder) {
            throw new StoresRefused(
                    "The data folder " + path + " is a file, or lies in one: name a folder with --data.");
        } catch (IOException refused) {
            throw new StoresRefused("The data folder " + path + " cannot be written (" + refused.getMessage()
                    + "): name a folder of your own with --data.");
        }
        DataFolder opened = new DataFolder(path, lockFile);
        if (opened.lock() == null) {
            opened.close();
            throw new DataFolderInUse(path);
        }
        return opened;
    }

    /** The folder itself, absolute. */
    public Path path() {
        return path;
    }

    /** A folder inside, made when absent. */
    Path folder(String name) {
        try {
            return Files.createDirectories(path.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable FileLock lock() {
        try {
            return lockFile.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives the folder free for the next process. The lock's file stays: removing it would open a race. */
    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
