package imageferry.local.lambda;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The log file of one function: what its handler prints, and what the service says of each invocation. Above 1 MiB it is
 * begun anew, and the one before is kept beside it.
 */
final class FunctionLog implements LambdaLogger, AutoCloseable {
    static final long LARGEST = 1L << 20;

    private final String function;
    private final Path path;
    private final Failures failures;
    private OutputStream file;
    private long size;
    private boolean closed;

    /** @param function its logical id, which names the file, too */
    FunctionLog(String function, Path folder, Failures failures) {
        this.function = function;
        this.path = folder.resolve(function + ".log");
        this.failures = failures;
        try {
            size = Files.exists(path) ? Files.size(path) : 0;
            file = opened();
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private OutputStream opened() throws IOException {
        return Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Reports a failure that this log has more about. */
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
            if (size > 0 && size + length > LARGEST) {
                beginAnew();
            }
            file.write(bytes, offset, length);
            size += length;
        } catch (IOException full) {
            throw new UncheckedIOException("The log " + path + " cannot be written.", full);
        }
    }

    private void beginAnew() throws IOException {
        file.close();
        Files.move(path, path.resolveSibling(path.getFileName() + ".old"), StandardCopyOption.REPLACE_EXISTING);
        file = opened();
        size = 0;
    }

    @Override
    public synchronized void close() {
        closed = true;
        try {
            file.close();
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }
}
