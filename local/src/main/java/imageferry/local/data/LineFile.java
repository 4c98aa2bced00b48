package imageferry.local.data;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file of lines that is only ever appended to. Each line is there whole or not at all, also after a full disk or a kill. What
 * is appended survives the process, not a power cut. The file is not kept open.
 */
public final class LineFile {
    private final File file;
    private boolean torn = true;

    /** @param file made by the first line */
    public LineFile(Path file) {
        this.file = file.toFile();
    }

    /**
     * Appends one line.
     *
     * @param line without its end
     * @throws IOException when it cannot be written; then a reader finds nothing of it, or all of it
     */
    public synchronized void append(String line) throws IOException {
        cutTornLine();
        // Not a channel: a thread that is interrupted while it writes must still write.
        try (var out = new FileOutputStream(file, true)) {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException failure) {
            takeBack(failure);
            throw failure;
        }
    }

    /** Reads every whole line, the oldest first; cuts a torn one off. */
    public synchronized String read() throws IOException {
        cutTornLine();
        return Files.readString(file.toPath());
    }

    private void takeBack(IOException failure) {
        torn = true;
        try {
            cutTornLine();
        } catch (IOException alsoFailed) {
            // The next call tries again, and a reader ignores what follows the last end of a line.
            failure.addSuppressed(alsoFailed);
        }
    }

    /** Cuts what follows the last end of a line, left by a write that a kill or a full disk ended. */
    private void cutTornLine() throws IOException {
        if (torn && file.exists()) {
            var bytes = Files.readAllBytes(file.toPath());
            var end = bytes.length;
            while (end > 0 && bytes[end - 1] != '\n') {
                end--;
            }
            if (end < bytes.length) {
                try (var raw = new RandomAccessFile(file, "rw")) {
                    raw.setLength(end);
                }
            }
        }
        torn = false;
    }
}
