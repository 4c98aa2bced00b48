package imageferry.local.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What on AWS an on-failure queue would get: one line of JSON per event or batch that was given up. */
public final class Undelivered {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    public Undelivered(Path file) {
        this.file = file;
    }

    public synchronized void add(JsonNode message) {
        try {
            var line = JSON.writeValueAsString(message) + "\n";
            Files.write(
                    file, line.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }
}
