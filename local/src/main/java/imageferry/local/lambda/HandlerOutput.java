package imageferry.local.lambda;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Sends the output and the logs of handlers to their function's file. Standard output, standard error and
 * {@code java.util.logging} are one for the whole JVM, so the thread (and every thread that it starts) decides.
 */
final class HandlerOutput {
    private static final InheritableThreadLocal<@Nullable FunctionLog> LOG = new InheritableThreadLocal<>();

    private static final Handler TO_FUNCTION_LOG = new ToFunctionLog();
    private static PrintStream consoleOut = System.out;
    private static PrintStream consoleErr = System.err;
    private static int services;

    private HandlerOutput() {}

    /** Redirects every thread's output to its function, until the same number of calls of {@link #uninstall}. */
    static synchronized void install() {
        services++;
        if (services > 1) {
            return;
        }
        consoleOut = System.out;
        consoleErr = System.err;
        System.setOut(routed(consoleOut));
        System.setErr(routed(consoleErr));
        var root = Logger.getLogger("");
        for (var handler : root.getHandlers()) {
            if (handler instanceof ConsoleHandler) {
                handler.setFilter(entry -> LOG.get() == null);
            }
        }
        root.addHandler(TO_FUNCTION_LOG);
    }

    /** Restores the console. It must be System.out again when log libraries stop: they close any other stream. */
    static synchronized void uninstall() {
        services--;
        if (services == 0) {
            System.setOut(consoleOut);
            System.setErr(consoleErr);
            Logger.getLogger("").removeHandler(TO_FUNCTION_LOG);
        }
    }

    /** Assigns the output of this thread to a function from now on; null returns it to the console. */
    static void belongsTo(@Nullable FunctionLog log) {
        LOG.set(log);
    }

    private static PrintStream routed(PrintStream console) {
        return new PrintStream(new Router(console), true, StandardCharsets.UTF_8);
    }

    private static final class Router extends OutputStream {
        private final PrintStream console;

        Router(PrintStream console) {
            this.console = console;
        }

        @Override
        public void write(int single) throws IOException {
            write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            var log = LOG.get();
            if (log == null) {
                console.write(bytes, offset, length);
            } else {
                log.write(bytes, offset, length);
            }
        }

        @Override
        public void flush() {
            if (LOG.get() == null) {
                console.flush();
            }
        }
    }

    private static final class ToFunctionLog extends Handler {
        ToFunctionLog() {
            setFormatter(new SimpleFormatter());
        }

        @Override
        public void publish(LogRecord entry) {
            var log = LOG.get();
            if (log != null) {
                log.log(getFormatter().format(entry));
                if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
                    log.failed(getFormatter().formatMessage(entry));
                }
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
