package imageferry.bench;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.bench.report.Rows;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The bench overwrites only earlier results. */
class BenchCommandTest {
    @TempDir
    Path folder;

    private final StringWriter said = new StringWriter();

    @Test
    void a_file_that_is_not_a_result_is_not_overwritten() throws IOException {
        var notes = Files.writeString(folder.resolve("notes.txt"), "mine");

        assertThat(bench(notes)).isEqualTo(2);

        assertThat(said.toString()).contains(notes + " is not an earlier result of the bench");
        assertThat(notes).hasContent("mine");
    }

    @Test
    void a_file_that_cannot_be_written_is_rejected_before_measuring() {
        assertThat(bench(folder.resolve("absent/rows.json"))).isEqualTo(2);
        assertThat(bench(folder)).isEqualTo(2);
    }

    @Test
    void an_earlier_result_is_overwritten() throws IOException {
        var rows = Files.writeString(folder.resolve("rows.json"), Rows.json(List.of()));

        assertThat(bench(rows)).isZero();

        assertThat(Rows.of(Files.readString(rows))).isNotEmpty();
    }

    @Test
    void a_wrong_argument_is_reported_in_one_sentence() {
        assertThat(error("--rounds", "0"))
                .isEqualTo("--rounds is 0; give a number of at least 1; see ./imageferry bench --help.");
        assertThat(error("--round", "1")).isEqualTo("Unknown options: '--round', '1'; see ./imageferry bench --help.");
    }

    private static String error(String... arguments) {
        var err = System.err;
        var caught = new ByteArrayOutputStream();
        System.setErr(new PrintStream(caught, true, StandardCharsets.UTF_8));
        try {
            assertThat(Main.run(arguments)).isEqualTo(2);
        } finally {
            System.setErr(err);
        }
        return caught.toString(StandardCharsets.UTF_8).strip();
    }

    private int bench(Path json) {
        return new CommandLine(new BenchCommand())
                .setOut(new PrintWriter(said))
                .setErr(new PrintWriter(said))
                .execute("--model", "--json", json.toString());
    }
}
