package imageferry.bench;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.bench.report.Rows;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The bench overwrites only what a bench wrote. */
class BenchCommandTest {
    @TempDir
    Path folder;

    private final StringWriter said = new StringWriter();

    @Test
    void a_file_that_is_no_result_is_not_overwritten() throws IOException {
        var notes = Files.writeString(folder.resolve("notes.txt"), "mine");

        assertThat(bench(notes)).isEqualTo(2);

        assertThat(said.toString()).contains(notes + " is not an earlier result of the bench");
        assertThat(notes).hasContent("mine");
    }

    @Test
    void a_file_that_cannot_be_written_is_refused_before_the_measuring() {
        assertThat(bench(folder.resolve("absent/rows.json"))).isEqualTo(2);
        assertThat(bench(folder)).isEqualTo(2);
    }

    @Test
    void an_earlier_result_is_overwritten() throws IOException {
        var rows = Files.writeString(folder.resolve("rows.json"), Rows.json(List.of()));

        assertThat(bench(rows)).isZero();

        assertThat(Rows.of(Files.readString(rows))).isNotEmpty();
    }

    private int bench(Path json) {
        return new CommandLine(new BenchCommand())
                .setOut(new PrintWriter(said))
                .setErr(new PrintWriter(said))
                .execute("--model", "--json", json.toString());
    }
}
