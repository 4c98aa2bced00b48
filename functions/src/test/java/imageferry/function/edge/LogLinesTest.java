package imageferry.function.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.id.CopyId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A search for a copy in the logs finds all its lines, each a JSON object. */
final class LogLinesTest {
    private static final CopyId COPY = new CopyId("c-aaaaaaaaaaaaaaaaa");

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final LogLines lines = new LogLines(new PrintStream(written, true, StandardCharsets.UTF_8));

    @Test
    void a_line_names_its_copy() throws IOException {
        LogLines.about(COPY, () -> {
            lines.publish(entry("Refused"));
            return COPY;
        });

        assertThat(only().path("copyId").asText()).isEqualTo(COPY.value());
        assertThat(only().path("level").asText()).isEqualTo("WARN");
        assertThat(only().path("message").asText()).isEqualTo("Refused");
    }

    @ParameterizedTest
    @CsvSource({"SEVERE, ERROR", "WARNING, WARN", "INFO, INFO", "FINE, DEBUG"})
    void its_level_has_the_name_that_lambdas_filter_knows(String level, String name) throws IOException {
        lines.publish(new LogRecord(Level.parse(level), "Swept"));

        assertThat(only().path("level").asText()).isEqualTo(name);
    }

    @Test
    void a_line_without_a_copy_names_none() throws IOException {
        lines.publish(entry("Swept"));

        assertThat(only().has("copyId")).isFalse();
    }

    @Test
    void an_error_with_its_whole_stack_is_still_one_line() throws IOException {
        var entry = entry("Broke");
        entry.setThrown(new IllegalStateException("first line\nsecond line"));

        lines.publish(entry);

        assertThat(only().path("error").asText()).contains("IllegalStateException", "second line", "LogLinesTest.java");
    }

    private JsonNode only() throws IOException {
        var text = written.toString(StandardCharsets.UTF_8);
        assertThat(text.lines()).hasSize(1);
        return Json.MAPPER.readTree(text);
    }

    private static LogRecord entry(String message) {
        return new LogRecord(Level.WARNING, message);
    }
}
