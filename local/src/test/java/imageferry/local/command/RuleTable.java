package imageferry.local.command;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One of the tables under docs/rules. The first columns describe the subject of a row, every other cell the result of
 * the column's request. None may be empty.
 */
record RuleTable(List<String> columns, List<Row> rows) {
    /** A row: its subject, and the expected result in each column. */
    record Row(List<String> about, Map<String, String> cells) {
        String cell(String column) {
            var cell = cells.get(column);
            if (cell == null) {
                throw new IllegalArgumentException("The table has no column " + column);
            }
            return cell;
        }

        @Override
        public String toString() {
            return String.join(", ", about);
        }
    }

    /**
     * Reads a table without quotes.
     *
     * @param about the number of columns that describe the subject
     * @throws IllegalArgumentException when a cell is empty or a row is too short or too long
     */
    static RuleTable read(String name, int about) throws IOException {
        var file = Home.folder().resolve("docs/rules").resolve(name);
        var lines = Files.readAllLines(file).stream()
                .map(line -> line.split(",", -1))
                .toList();
        var header = List.of(lines.getFirst());
        return new RuleTable(
                header.subList(about, header.size()),
                lines.stream().skip(1).map(line -> row(header, line, about)).toList());
    }

    private static Row row(List<String> header, String[] line, int about) {
        if (line.length != header.size() || Arrays.stream(line).anyMatch(String::isBlank)) {
            throw new IllegalArgumentException(
                    "Not every one of the " + header.size() + " cells is filled in the row " + String.join(",", line));
        }
        var cells = new LinkedHashMap<String, String>();
        for (var i = about; i < line.length; i++) {
            cells.put(header.get(i), line[i]);
        }
        return new Row(List.of(line).subList(0, about), cells);
    }
}
