package imageferry.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.bench.physics.Calibration;
import imageferry.bench.run.VirtualRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The results in docs are those of one run, told by the goals and tables of today. Other goals need another run. */
class ResultsTest {
    private static final Path DOCS = Path.of("..", "docs");

    @Test
    void each_goal_and_each_reason_on_the_page_is_what_todays_goals_make_of_the_rows() throws IOException {
        var page = Files.readString(DOCS.resolve("bench.md"));

        assertThat(Page.with(page, about(page), new Goals(rows()).judged(), rows()))
                .as("docs/bench.md; ./imageferry bench writes it anew")
                .isEqualTo(page);
    }

    @Test
    void the_chart_shows_the_same_rows() throws IOException {
        assertThat(new Chart(rows()).svg())
                .as("docs/bench.svg; ./imageferry bench draws it anew")
                .isEqualTo(Files.readString(DOCS.resolve("bench.svg")));
    }

    /** With every kind of copy, so that no goal is left out. */
    @Test
    void the_rows_are_those_of_a_whole_run() throws IOException {
        assertThat(rows()).anyMatch(Row::isMeasured).anyMatch(Row::isTuned);
        assertThat(new Goals(rows()).judged()).hasSize(24);
    }

    /** Two that took other time and other requests with every other engine so far. */
    @ParameterizedTest
    @CsvSource({"CROSS-REGION, 10737418240", "THROTTLED, 10737418240"})
    void the_engine_of_today_makes_these_rows(String calibration, long size) throws Exception {
        var kept = rows().stream()
                .filter(row -> row.isOurs() && !row.isMeasured())
                .filter(row -> row.calibration().equals(calibration) && row.sizeBytes() == size)
                .toList();

        assertThat(kept).containsExactly(new VirtualRuns(20_261_125).ours(Calibration.named(calibration), size));
    }

    private static List<Row> rows() throws IOException {
        return Rows.of(Files.readString(DOCS.resolve("bench.json")));
    }

    /** What the run said of itself: the list above the goals. */
    private static List<String> about(String page) {
        return page.lines()
                .dropWhile(line -> !line.contains("writes from here"))
                .takeWhile(line -> !line.startsWith("|"))
                .filter(line -> line.startsWith("- "))
                .map(line -> line.substring(2))
                .toList();
    }
}
