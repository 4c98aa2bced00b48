package imageferry.local.lambda;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The log file of one function: what its handler prints, and what the service says of each invocation. Begun anew above 16 MiB. */
final class FunctionLog implements LambdaLogger, AutoCloseable {
    private static final long LARGEST = 16L << 20;

    private final Path path;
    private final OutputStream file;
    private boolean closed;

    FunctionLog(Path path) {
        this.path = path;
        try {
            if (Files.exists(path) && Files.size(path) > LARGEST) {
                Files.move(
                        path,
                        path.resolveSibling(path.getFileName() + ".old"),
                        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
            file = Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
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
            file.write(bytes, offset, length);
        } catch (IOException full) {
            throw new UncheckedIOException("The log " + path + " cannot be written.", full);
        }
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
