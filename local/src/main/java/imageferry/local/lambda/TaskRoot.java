package imageferry.local.lambda;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/** The unpacked functions.zip, as Lambda lays it out at {@code /var/task}: classes at the top, libraries in {@code lib}. */
public final class TaskRoot {
    /** The names of the folders that this class creates: a hash of the zip, or an incomplete one. */
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{32}|unpacking-[0-9]+");

    private TaskRoot() {}

    /**
     * Creates the class loader of all functions. The zip is unpacked once per content, below {@code folder}. Folders of
     * older zips are removed, and nothing else. A missing or broken zip is an {@link UncheckedIOException}.
     */
    public static URLClassLoader load(Path zip, Path folder) {
        try {
            Files.createDirectories(folder);
            var root = folder.resolve(digest(zip));
            removeOthers(folder, root);
            if (!Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
                unpack(zip, root);
            }
            return new URLClassLoader("functions.zip", urls(root), new RuntimeLoader());
        } catch (IOException broken) {
            throw new UncheckedIOException("The functions cannot be unpacked from " + zip, broken);
        }
    }

    private static String digest(Path zip) throws IOException {
        try (var bytes = Files.newInputStream(zip);
                var digested = new DigestInputStream(bytes, MessageDigest.getInstance("SHA-256"))) {
            digested.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of()
                    .formatHex(digested.getMessageDigest().digest())
                    .substring(0, 32);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Under another name and then renamed, so that a folder with the right name is always complete. */
    private static void unpack(Path zip, Path root) throws IOException {
        var half = Files.createTempDirectory(root.toAbsolutePath().getParent(), "unpacking-");
        try {
            unpackInto(half, zip);
            Files.move(half, root, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            // An incomplete folder must not keep the disk full.
            remove(half);
            throw failed;
        }
    }

    private static void unpackInto(Path folder, Path zip) throws IOException {
        try (var entries = new ZipInputStream(Files.newInputStream(zip))) {
            var entry = entries.getNextEntry();
            if (entry == null) {
                throw new ZipException("it has no entries");
            }
            for (; entry != null; entry = entries.getNextEntry()) {
                var target = folder.resolve(entry.getName()).normalize();
                if (!target.startsWith(folder)) {
                    throw new ZipException("an entry is outside of it: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.resolveSibling("."));
                    Files.copy(entries, target);
                }
            }
        } catch (EOFException cutOff) {
            throw new ZipException("it is cut off");
        }
    }

    private static void removeOthers(Path folder, Path root) throws IOException {
        try (var children = Files.list(folder)) {
            for (var child : children.filter(child -> !child.equals(root) && isOurs(child))
                    .toList()) {
                remove(child);
            }
        }
    }

    private static boolean isOurs(Path folder) {
        return NAME.matcher(String.valueOf(folder.getFileName())).matches()
                && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
    }

    private static void remove(Path tree) throws IOException {
        try (var paths = Files.walk(tree)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private static URL[] urls(Path root) throws IOException {
        var urls = new ArrayList<URL>();
        urls.add(root.toUri().toURL());
        var lib = root.resolve("lib");
        if (Files.isDirectory(lib)) {
            try (var jars = Files.list(lib)) {
                for (var jar : jars.filter(file -> file.toString().endsWith(".jar"))
                        .sorted()
                        .toList()) {
                    urls.add(jar.toUri().toURL());
                }
            }
        }
        return urls.toArray(URL[]::new);
    }
}
