package imageferry.local.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The position of a mapping in its stream, kept in a file that is replaced as a whole. */
final class Checkpoint {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A long. DynamoDB fills it up to 21 digits with zeros. */
    private static final Pattern NUMBER = Pattern.compile("0*[0-9]{1,18}");

    /** The last record that is done with. */
    record Position(String shard, String sequenceNumber) {}

    private final Path file;
    private @Nullable Position written;

    Checkpoint(Path file) {
        this.file = file;
    }

    /**
     * Reads the position. One that cannot be read counts as none: then the stream is delivered from its beginning, and every
     * record may arrive twice.
     */
    Optional<Position> read() {
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            var stored = JSON.readTree(Files.readAllBytes(file));
            var position = new Position(
                    stored.path("shard").asText(), stored.path("sequenceNumber").asText());
            return Optional.of(position)
                    .filter(at -> !at.shard().isEmpty()
                            && NUMBER.matcher(at.sequenceNumber()).matches());
        } catch (JsonProcessingException damaged) {
            return Optional.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Replaces the position. It is on the disk before it is visible, so a power cut leaves the old one or the new one. */
    void write(StreamRecord done) {
        var position = new Position(done.shard(), done.sequenceNumber());
        if (position.equals(written)) {
            return;
        }
        try {
            var next = file.resolveSibling(file.getFileName() + ".next");
            // Not a channel: a thread that is interrupted during the write must still write.
            try (var out = new FileOutputStream(next.toFile())) {
                out.write(JSON.writeValueAsBytes(position));
                out.getFD().sync();
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            written = position;
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
