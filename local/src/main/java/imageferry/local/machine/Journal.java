package imageferry.local.machine;

import imageferry.local.machine.definition.Json;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * An execution's own file: JSON lines, only ever appended. What is appended survives the process, not a power cut. No
 * file stays open, so thousands of parked executions cost no descriptors.
 */
final class Journal {

    private final Path file;
    private boolean closed;

    Journal(Path file) {
        this.file = file;
    }

    /** @throws CancellationException once this process has closed the journal: its thread must go no further */
    synchronized void append(Line line) {
        if (closed) {
            throw new CancellationException("The journal " + file + " is closed.");
        }
        byte[] bytes = (Json.write(line) + "\n").getBytes(StandardCharsets.UTF_8);
        long before = file.toFile().length();
        // Not a channel: a thread that is interrupted while it writes must still write.
        try (var out = new FileOutputStream(file.toFile(), true)) {
            out.write(bytes);
        } catch (IOException e) {
            takeBack(before, e);
            throw new UncheckedIOException("Cannot write the journal " + file, e);
        }
    }

    /** A full disk may have taken half a line. Whoever reads next must not find it, nor may another line follow it. */
    private void takeBack(long before, IOException failure) {
        closed = true;
        try {
            cut(before);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    synchronized void close() {
        closed = true;
    }

    /** Closes the journal for good and removes its file. */
    synchronized void delete() {
        closed = true;
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove the journal " + file, e);
        }
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Every whole line. A last line that was torn by a kill is cut off: what it says was never acted upon. */
    List<Line> read() {
        try {
            byte[] bytes = Files.readAllBytes(file);
            int end = bytes.length;
            while (end > 0 && bytes[end - 1] != '\n') {
                end--;
            }
            if (end < bytes.length) {
                cut(end);
            }
            return parse(new String(bytes, 0, end, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the journal " + file, e);
        }
    }

    private void cut(long length) throws IOException {
        try (var raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.setLength(length);
        }
    }

    private List<Line> parse(String text) throws IOException {
        List<Line> lines = new ArrayList<>();
        for (String line : text.lines().toList()) {
            lines.add(Json.MAPPER.readValue(line, Line.class));
        }
        return lines;
    }
}
