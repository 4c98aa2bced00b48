package imageferry.local.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a folder may become, or is, a data folder. Reads only. A data folder is new, empty, has the marker, or
 * was made by a release before the marker.
 */
final class Ownership {
    private static final String LOST_AND_FOUND = "lost+found";
    private static final String ADVICE = ": name a new or an empty folder with --data.";

    private Ownership() {}

    /**
     * Returns if local mode may write into the folder.
     *
     * @param folder absolute; need not exist
     * @throws StoresRefused with the reason if it may not
     */
    static void require(Path folder) throws IOException {
        var existing = folder;
        while (!Files.exists(existing) && existing.getParent() != null) {
            refuseDangling(existing);
            existing = existing.getParent();
        }
        var real = existing.toRealPath();
        var isNew = !existing.equals(folder);
        refuseInsideDataFolder(folder, isNew ? real : real.getParent());
        if (!isNew && Files.isDirectory(real)) {
            refuseForeign(real);
        }
    }

    private static void refuseDangling(Path link) throws IOException {
        if (Files.isSymbolicLink(link)) {
            throw new StoresRefused("The data folder is reached by the symbolic link " + link + ", whose target "
                    + Files.readSymbolicLink(link)
                    + " is missing: make the target, or name another folder with --data.");
        }
    }

    /** One data folder inside another would be swept or removed with it. */
    private static void refuseInsideDataFolder(Path folder, @Nullable Path parent) throws IOException {
        for (var outer = parent; outer != null; outer = outer.getParent()) {
            if (Marker.of(outer) != Marker.State.ABSENT) {
                throw new StoresRefused("The data folder " + folder + " is inside another one, " + outer + ADVICE);
            }
        }
    }

    private static void refuseForeign(Path folder) throws IOException {
        switch (Marker.of(folder)) {
            case PRESENT -> {}
            case OTHER_VERSION ->
                throw new StoresRefused("The data folder " + folder + " was made by another release of Imageferry: use"
                        + " that release, or name another folder with --data.");
            case TORN, ABSENT -> {
                if (!isEmpty(folder) && !UnmarkedRelease.made(folder)) {
                    throw new StoresRefused("The folder " + folder + " has files in it and was not made by Imageferry"
                            + " (it has no " + Marker.NAME + ")" + ADVICE);
                }
            }
        }
    }

    /** A start that was interrupted leaves a torn marker and perhaps the lock, which has no bytes. */
    private static boolean isEmpty(Path folder) throws IOException {
        var names = names(folder);
        if (Marker.of(folder) == Marker.State.TORN) {
            names.remove(Marker.NAME);
        }
        return names.isEmpty()
                || (names.equals(Set.of(DataFolder.LOCK)) && isEmptyFile(folder.resolve(DataFolder.LOCK)));
    }

    static boolean isEmptyFile(Path file) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) == 0;
    }

    /** The names in a folder, without the file system's own {@code lost+found}. */
    static Set<String> names(Path folder) throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.filter(entry -> !isOfFileSystem(entry))
                    .map(entry -> entry.getFileName().toString())
                    .collect(Collectors.toSet());
        }
    }

    /** Returns whether this is the folder that a new ext4 has, empty and for root alone. */
    static boolean isOfFileSystem(Path entry) {
        if (!entry.getFileName().toString().equals(LOST_AND_FOUND)
                || !Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (var found = Files.list(entry)) {
            return found.findAny().isEmpty();
        } catch (AccessDeniedException ofRoot) {
            return true;
        } catch (IOException unreadable) {
            return false;
        }
    }
}
