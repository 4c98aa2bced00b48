package imageferry.local.data;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An append-only file of lines. Each line is complete or absent, also after a full disk or a kill. Appended lines survive the
 * process, not a power cut. The file is not kept open.
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
     * @throws IOException when it cannot be written; then a reader finds either nothing of it or all of it
     */
    public synchronized void append(String line) throws IOException {
        cutTornLine();
        // Not a channel: a thread that is interrupted during the write must still write.
        try (var out = new FileOutputStream(file, true)) {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException failure) {
            takeBack(failure);
            throw failure;
        }
    }

    /** Reads every complete line, the oldest first, and removes an incomplete last one. */
    public synchronized String read() throws IOException {
        cutTornLine();
        return Files.readString(file.toPath());
    }

    private void takeBack(IOException failure) {
        torn = true;
        try {
            cutTornLine();
        } catch (IOException alsoFailed) {
            // The next call tries again, and a reader ignores an incomplete last line.
            failure.addSuppressed(alsoFailed);
        }
    }

    /** Removes an incomplete last line, left by a kill or a full disk. */
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
