package imageferry.local.store;

import imageferry.local.data.DataDisk;
import imageferry.local.data.FailureReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The folder of all of local mode's data, locked by one process at a time: neither store locks its own files. */
public final class DataFolder implements AutoCloseable {
    static final String LOCK = "imageferry.lock";

    /** A subfolder whose files are removed at a start. */
    static final String INCOMING = "incoming";

    private final Path path;
    private final FileChannel lockFile;

    private DataFolder(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /**
     * Opens the folder, and creates it when absent. Writes nothing before the folder is known to be Imageferry's.
     *
     * @throws DataFolderInUse when another process, or this one, has it open
     * @throws StoresRefused when the path is empty or a file, when it cannot be written, or when the folder has files
     *     that are not Imageferry's
     */
    public static DataFolder open(Path folder) {
        if (folder.toString().isBlank()) {
            throw new StoresRefused("The path of the data folder is empty: name a folder with --data.");
        }
        var path = folder.toAbsolutePath();
        FileChannel lockFile;
        try {
            Ownership.require(path);
            Files.createDirectories(path);
            path = path.toRealPath();
            if (Marker.of(path) != Marker.State.PRESENT) {
                Marker.write(path);
            }
            lockFile = FileChannel.open(
                    path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        } catch (FileAlreadyExistsException notAFolder) {
            throw new StoresRefused(
                    "The data folder " + path + " is a file, or is inside one: name a folder with --data.");
        } catch (IOException | UncheckedIOException refused) {
            throw unusable(path, refused);
        }
        var opened = new DataFolder(path, lockFile);
        try {
            opened.requireAlone();
            return opened;
        } catch (RuntimeException refused) {
            opened.close();
            throw refused;
        }
    }

    /** Tests the disk of a folder. Returns empty when it can be written, and when the folder is not Imageferry's. */
    public static Optional<String> refusal(Path folder) {
        var incoming = folder.resolve(INCOMING);
        try {
            return Marker.of(folder) == Marker.State.PRESENT && Files.isDirectory(incoming, LinkOption.NOFOLLOW_LINKS)
                    ? DataDisk.of(folder, incoming).tried()
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static StoresRefused unusable(Path folder, Exception cause) {
        return new StoresRefused("The data folder " + folder + " cannot be used (" + FailureReason.of(cause)
                + "): name a folder of your own with --data.");
    }

    /** Looks for links under the lock, while nothing else in the folder changes. */
    private void requireAlone() {
        if (lock() == null) {
            throw new DataFolderInUse(path);
        }
        try {
            firstLink().ifPresent(link -> {
                throw new StoresRefused("The data folder has a symbolic link, " + link + ", which local mode does not"
                        + " follow: remove it, or name another folder with --data.");
            });
        } catch (IOException | UncheckedIOException unreadable) {
            throw unusable(path, unreadable);
        }
    }

    /** Local mode creates no links. One inside would redirect writes and deletions out of the folder. */
    private Optional<Path> firstLink() throws IOException {
        try (var children = Files.list(path)) {
            for (var child :
                    children.filter(it -> !Ownership.isOfFileSystem(it)).toList()) {
                try (var all = Files.walk(child)) {
                    var link = all.filter(Files::isSymbolicLink).findFirst();
                    if (link.isPresent()) {
                        return link;
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Returns the folder itself, absolute, without symbolic links. */
    public Path path() {
        return path;
    }

    /** Returns a subfolder, created when absent. */
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

    /** Releases the folder for the next process. The lock's file stays: removing it would open a race. */
    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
