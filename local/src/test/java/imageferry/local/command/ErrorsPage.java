package imageferry.local.command;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The HTTP status of each code in docs/errors.md. */
record ErrorsPage(Map<String, Integer> statuses) {
    private static final Pattern ROW =
            Pattern.compile("^\\| `([\\w.]+)` \\| (\\d{3}) \\| [^|]+ \\| [^|]+ \\|$", Pattern.MULTILINE);

    /** @throws IllegalStateException when a code has two rows */
    static ErrorsPage read() throws IOException {
        var page = Files.readString(Home.folder().resolve("docs/errors.md"));
        return new ErrorsPage(
                ROW.matcher(page).results().collect(Collectors.toMap(row -> row.group(1), row -> status(row))));
    }

    private static int status(MatchResult row) {
        return Integer.parseInt(row.group(2));
    }

    int status(String code) {
        return statuses.getOrDefault(code, 0);
    }
}
