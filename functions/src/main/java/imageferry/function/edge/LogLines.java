package imageferry.function.edge;

import imageferry.id.CopyId;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Writes each log record as one line of JSON that names the copy it is about, so that a query finds a copy's whole story. */
public final class LogLines extends Handler {
    private static final ScopedValue<CopyId> COPY = ScopedValue.newInstance();

    private final PrintStream out;
    /** Used only to substitute a message's parameters. */
    private final SimpleFormatter messages = new SimpleFormatter();

    LogLines(PrintStream out) {
        this.out = out;
    }

    /** Writes all log records of this process in this form from now on; for processes that are one function. */
    public static void install() {
        LogManager.getLogManager().reset();
        Logger.getLogger("").addHandler(new LogLines(System.out));
    }

    /** Does the work; each line that it logs on this thread is about that copy. */
    public static <T> T about(CopyId copy, Supplier<T> work) {
        return ScopedValue.where(COPY, copy).call(work::get);
    }

    @Override
    public void publish(LogRecord entry) {
        var line = new LinkedHashMap<String, Object>();
        line.put("timestamp", entry.getInstant());
        line.put("level", level(entry.getLevel().intValue()));
        if (COPY.isBound()) {
            line.put("copyId", COPY.get().value());
        }
        line.put("logger", String.valueOf(entry.getLoggerName()));
        line.put("message", messages.formatMessage(entry));
        if (entry.getThrown() != null) {
            line.put("error", stackTrace(entry.getThrown()));
        }
        out.println(Json.text(line));
    }

    /** Lambda's name of a level: its filter ApplicationLogLevel does not know those of java.util.logging. */
    private static String level(int level) {
        if (level >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (level >= Level.WARNING.intValue()) {
            return "WARN";
        }
        return level >= Level.INFO.intValue() ? "INFO" : "DEBUG";
    }

    private static String stackTrace(Throwable thrown) {
        var text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    @Override
    public void flush() {
        out.flush();
    }

    @Override
    public void close() {
        flush();
    }
}
