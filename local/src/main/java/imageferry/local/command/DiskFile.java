package imageferry.local.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A disk image file of the user, and its plain SHA-256. */
record DiskFile(Path file, long sizeBytes, String sha256) {
    private static final int BUFFER = 1 << 20;

    /** @throws Explained when there is no such file, or it is a folder, unreadable or empty */
    static DiskFile at(Path file) {
        if (Files.isDirectory(file)) {
            throw new Explained(file + " is a folder; give the path of a disk image file");
        }
        if (!Files.isReadable(file)) {
            throw new Explained("There is no readable file " + file + "; give the path of a disk image");
        }
        try (var bytes = Files.newInputStream(file)) {
            var size = Files.size(file);
            if (size == 0) {
                throw new Explained(file + " is empty; give a disk image with content");
            }
            return new DiskFile(file, size, sha256(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the stream to its end and returns the hash in hexadecimal, as {@code sha256sum} prints it. */
    static String sha256(InputStream bytes) throws IOException {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var buffer = new byte[BUFFER];
            for (var read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
