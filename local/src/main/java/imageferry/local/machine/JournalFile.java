package imageferry.local.machine;

import com.fasterxml.jackson.core.JsonProcessingException;
import imageferry.local.machine.definition.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Recognises journals by name and by their first line. The folder of executions may also hold foreign files, which are
 * never read further, cut or deleted.
 */
final class JournalFile {
    static final String SUFFIX = ".jsonl";

    enum Kind {
        /** The first line is complete: the execution of this name has started. */
        STARTED,
        /** A kill or a full disk ended the write of the first line. */
        TORN_START,
        /** No file, or one without a byte. */
        EMPTY,
        /** Not a regular file, or one that starts in any other way. */
        FOREIGN
    }

    private JournalFile() {}

    /** Reads no more of a foreign file than its beginning, and never follows a symbolic link. */
    static Kind of(Path file) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Kind.EMPTY;
        }
        var name = file.getFileName().toString();
        if (!name.endsWith(SUFFIX) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Kind.FOREIGN;
        }
        var execution = name.substring(0, name.length() - SUFFIX.length());
        var start = startOf(execution);
        byte[] found;
        try (var bytes = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            found = bytes.readNBytes(start.length);
        }
        if (found.length == 0) {
            return Kind.EMPTY;
        }
        if (!Arrays.equals(found, Arrays.copyOf(start, found.length))) {
            return Kind.FOREIGN;
        }
        return found.length < start.length ? Kind.TORN_START : ofFirstLine(file, execution);
    }

    private static byte[] startOf(String execution) {
        return "{\"event\":\"started\",\"name\":%s,"
                .formatted(Json.write(execution))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Kind ofFirstLine(Path file, String execution) throws IOException {
        var text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        var end = text.indexOf('\n');
        if (end < 0) {
            return Kind.TORN_START;
        }
        try {
            return Json.MAPPER.readValue(text.substring(0, end), HistoryEvent.class)
                                    instanceof HistoryEvent.ExecutionStarted started
                            && started.name().equals(execution)
                    ? Kind.STARTED
                    : Kind.FOREIGN;
        } catch (JsonProcessingException other) {
            return Kind.FOREIGN;
        }
    }
}
