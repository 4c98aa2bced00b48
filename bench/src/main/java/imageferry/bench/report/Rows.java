package imageferry.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.stream.Collectors;

/** Writes and reads the rows of a run as JSON, one on each line, so that runs can be compared by line. */
public final class Rows {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Rows() {}

    public static String json(List<Row> rows) {
        return rows.stream().map(Rows::line).collect(Collectors.joining(",\n", "[\n", "\n]\n"));
    }

    private static String line(Row row) {
        try {
            return MAPPER.writeValueAsString(row);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A row cannot be written as JSON", e);
        }
    }

    /** @throws IllegalArgumentException when the text does not consist of rows */
    public static List<Row> of(String json) {
        try {
            return MAPPER.readValue(json, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The text does not consist of rows of the bench", e);
        }
    }
}
