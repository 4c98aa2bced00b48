package imageferry.local.lambda;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import imageferry.local.data.DataDisk;
import imageferry.rule.Count;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The log file of one function, with its handler's output and a line for each invocation. Above 1 MiB a new file begins,
 * and the previous one is kept. Messages that cannot be written are dropped and counted, so no call waits for its log or
 * fails by it.
 */
final class FunctionLog implements LambdaLogger, AutoCloseable {
    private final String function;
    private final Path path;
    private final Failures failures;
    private final DataDisk disk;
    private @Nullable OutputStream file;
    private long size;
    private long lost;
    private boolean closed;

    /**
     * Writes nothing before the first message.
     *
     * @param function its logical id, which names the file, too
     * @param disk gets a report of each message that cannot be written
     */
    FunctionLog(String function, Path folder, Failures failures, DataDisk disk) {
        this.function = function;
        this.path = folder.resolve(function + ".log");
        this.failures = failures;
        this.disk = disk;
    }

    /** Reports a failure of which this log has the details. */
    void failed(String sentence) {
        failures.happened(function, sentence, path);
    }

    @Override
    public void log(String message) {
        log((message.endsWith("\n") ? message : message + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void log(byte[] message) {
        write(message, 0, message.length);
    }

    /** Late lines of a handler that outlived its service are dropped. */
    synchronized void write(byte[] bytes, int offset, int length) {
        if (closed) {
            return;
        }
        try {
            var open = openedFor(length);
            if (lost > 0) {
                var told = "\nLost here, as the log could not be written: " + Count.of(lost, "message") + "\n";
                append(open, told.getBytes(StandardCharsets.UTF_8), 0, told.length());
                lost = 0;
            }
            append(open, bytes, offset, length);
        } catch (IOException full) {
            lost++;
            disk.failed(full);
        }
    }

    private void append(OutputStream open, byte[] bytes, int offset, int length) throws IOException {
        open.write(bytes, offset, length);
        size += length;
    }

    private OutputStream openedFor(int length) throws IOException {
        if (file != null && Rotation.isFull(size, length)) {
            closeFile();
        }
        var open = file;
        if (open == null) {
            size = Rotation.before(length, path);
            open = Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            file = open;
        }
        return open;
    }

    private void closeFile() throws IOException {
        var open = file;
        file = null;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        try {
            closeFile();
        } catch (IOException full) {
            disk.failed(full);
        }
    }
}
