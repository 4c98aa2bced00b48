package imageferry.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;

/** All entries below a folder, for a comparison of before and after. */
public final class Tree {
    private Tree() {}

    /** Each entry by its path: a folder, a link with its target, or a file with the hash of its bytes. */
    public static SortedMap<String, String> of(Path folder) throws IOException {
        var entries = new TreeMap<String, String>();
        try (var all = Files.walk(folder)) {
            all.filter(entry -> !entry.equals(folder))
                    .forEach(entry -> entries.put(folder.relativize(entry).toString(), content(entry)));
        }
        return entries;
    }

    /** The bytes of all files below the folder; 0 if there is none. */
    public static long bytes(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static String content(Path entry) {
        try {
            if (Files.isSymbolicLink(entry)) {
                return "link to " + Files.readSymbolicLink(entry);
            }
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                return "folder";
            }
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(entry)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
