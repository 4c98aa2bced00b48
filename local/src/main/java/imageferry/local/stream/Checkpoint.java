package imageferry.local.stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** How far a mapping has come, kept in a file that is replaced as a whole. */
final class Checkpoint {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The last record that is done with. */
    record Position(String shard, String sequenceNumber) {}

    private final Path file;

    Checkpoint(Path file) {
        this.file = file;
    }

    Optional<Position> read() {
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            var stored = JSON.readTree(Files.readString(file));
            return Optional.of(new Position(
                    stored.path("shard").asText(), stored.path("sequenceNumber").asText()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    void write(StreamRecord done) {
        try {
            var next = file.resolveSibling(file.getFileName() + ".next");
            Files.writeString(
                    next,
                    JSON.createObjectNode()
                            .put("shard", done.shard())
                            .put("sequenceNumber", done.sequenceNumber())
                            .toString());
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
