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
 * An execution's own file of JSON lines. No file stays open, so thousands of waiting executions cost no descriptors.
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
     * Appends a line. After a failure it may be appended again: a repeated line has no effect.
     *
     * @throws CancellationException once this process has closed the journal: its thread must stop
     * @throws UncheckedIOException when it cannot be written, as on a full disk
     */
    synchronized void append(HistoryEvent event) {
        if (closed) {
            throw new CancellationException("The journal " + file + " is closed");
        }
        try {
            lines.append(Json.write(event));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the journal " + file, e);
        }
    }

    /**
     * Appends a line as soon as it can be written, and waits without a limit: until then the execution must not continue.
     *
     * @throws CancellationException once this process has closed the journal
     * @throws InterruptedException at the machine's timeout or when the process closes
     */
    void appendPatiently(HistoryEvent event, Environment environment) throws InterruptedException {
        while (true) {
            try {
                append(event);
                return;
            } catch (UncheckedIOException full) {
                Workers.sleepUntil(environment.clock().instant().plus(BETWEEN_TRIES), environment.timers());
            }
        }
    }

    synchronized void close() {
        closed = true;
    }

    /** Closes the journal permanently and removes its file. */
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
     * Returns every complete line. A last line that a kill cut short is removed: it had no effect yet.
     *
     * @throws DamagedJournal when another line cannot be read
     */
    List<HistoryEvent> read() {
        try {
            return parse(lines.read());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the journal " + file, e);
        }
    }

    private List<HistoryEvent> parse(String text) {
        var parsed = new ArrayList<HistoryEvent>();
        for (var line : text.lines().toList()) {
            try {
                parsed.add(Json.MAPPER.readValue(line, HistoryEvent.class));
            } catch (JsonProcessingException damaged) {
                throw new DamagedJournal(file, parsed.size() + 1, damaged);
            }
        }
        return parsed;
    }
}
