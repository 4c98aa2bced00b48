package imageferry.local.lambda;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Limits a file that is appended to: a full one is renamed, and replaces the one before. */
final class Rotation {
    /** The size of a full file, in bytes. */
    static final long LARGEST = 1L << 20;

    private Rotation() {}

    static boolean isFull(long size, int more) {
        return size > 0 && size + more > LARGEST;
    }

    /** Returns the size of the file before the next bytes are appended, 0 after a rename. */
    static long before(int more, Path file) throws IOException {
        var size = Files.exists(file) ? Files.size(file) : 0;
        if (!isFull(size, more)) {
            return size;
        }
        Files.move(file, file.resolveSibling(file.getFileName() + ".old"), StandardCopyOption.REPLACE_EXISTING);
        return 0;
    }
}
