package imageferry.local.machine;

import com.fasterxml.jackson.core.JsonProcessingException;
import imageferry.local.data.LineFile;
import imageferry.local.machine.definition.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * An execution's own file of JSON lines. No file stays open, so thousands of parked executions cost no descriptors.
 */
final class Journal {

    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    private final Path file;
    private final LineFile lines;
    private boolean closed;

    Journal(Path file) {
        this.file = file;
        this.lines = new LineFile(file);
    }

    /**
     * Appends a line. After a failure it may be appended again: a line that is there twice says nothing new.
     *
     * @throws CancellationException once this process has closed the journal: its thread must go no further
     * @throws UncheckedIOException when it cannot be written, as on a full disk
     */
    synchronized void append(Line line) {
        if (closed) {
            throw new CancellationException("The journal " + file + " is closed.");
        }
        try {
            lines.append(Json.write(line));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the journal " + file, e);
        }
    }

    /**
     * Appends a line as soon as it can be written, and waits for that as long as it takes: until then the execution must not
     * go on.
     *
     * @throws CancellationException once this process has closed the journal
     * @throws InterruptedException when the machine's time is over or the process closes
     */
    void appendPatiently(Line line, Surroundings around) throws InterruptedException {
        while (true) {
            try {
                append(line);
                return;
            } catch (UncheckedIOException full) {
                Workers.sleepUntil(around.clock().instant().plus(BETWEEN_TRIES), around.timers());
            }
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

    /**
     * Every whole line. A last line that was torn by a kill is cut off: what it says was never acted upon.
     *
     * @throws DamagedJournal when another line cannot be read
     */
    List<Line> read() {
        try {
            return parse(lines.read());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the journal " + file, e);
        }
    }

    private List<Line> parse(String text) {
        List<Line> parsed = new ArrayList<>();
        for (String line : text.lines().toList()) {
            try {
                parsed.add(Json.MAPPER.readValue(line, Line.class));
            } catch (JsonProcessingException damaged) {
                throw new DamagedJournal(file, parsed.size() + 1, damaged);
            }
        }
        return parsed;
    }
}
