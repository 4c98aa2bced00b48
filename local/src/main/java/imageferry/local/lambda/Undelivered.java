package imageferry.local.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import imageferry.local.data.LineFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * The events and batches that were given up, one line of JSON each. On AWS a bucket gets them. Above 1 MiB a
 * new file begins, and the previous one is kept.
 */
public final class Undelivered {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final LineFile lines;
    private final Failures failures;

    /** @param failures gets each message, too */
    public Undelivered(Path file, Failures failures) {
        this.file = file;
        this.lines = new LineFile(file);
        this.failures = failures;
    }

    /** @throws UncheckedIOException when the message cannot be written; then it may be added again */
    public void add(JsonNode message) {
        append(message);
        var context = message.path("requestContext");
        var parts = context.path("functionArn").asText().split(":", -1);
        failures.happened(
                parts.length > 6 ? parts[6] : "A function",
                "An event was given up (attempts: "
                        + context.path("approximateInvokeCount").asInt() + ") and is kept here",
                file);
    }

    private synchronized void append(JsonNode message) {
        try {
            var _ = Rotation.before(0, file);
            lines.append(JSON.writeValueAsString(message));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }
}
