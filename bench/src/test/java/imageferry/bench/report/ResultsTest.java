package imageferry.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.bench.run.VirtualRuns;
import imageferry.bench.timing.Calibration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares the results in docs with the rows of one run and the current goals. New goals need a new run. */
class ResultsTest {
    private static final Path DOCS = Path.of("..", "docs");

    @Test
    void each_result_on_the_page_follows_from_the_rows_and_the_current_goals() throws IOException {
        var page = Files.readString(DOCS.resolve("bench.md"));

        assertThat(ResultsPage.with(page, about(page), Goals.check(rows()), rows()))
                .as("docs/bench.md; ./imageferry bench writes it again")
                .isEqualTo(page);
    }

    /**
     * Also compares the places where a goal is missed, so that a reason cannot remain when a run misses the goal
     * elsewhere.
     */
    @Test
    void each_missed_goal_has_a_reason_and_no_reason_names_another_goal() throws IOException {
        var missed = Goals.check(rows()).stream()
                .filter(goal -> !goal.reached())
                .map(goal -> List.of(goal.goal(), goal.missedAt()))
                .toList();
        var reasons = reasons(Files.readString(DOCS.resolve("bench.md")));

        assertThat(reasons.stream().map(cells -> cells.subList(0, 2)).toList())
                .as("the table of reasons in docs/bench.md, which is written by hand")
                .isNotEmpty()
                .isEqualTo(missed);
        assertThat(reasons).allSatisfy(cells -> assertThat(cells.getLast()).isNotBlank());
    }

    @Test
    void the_chart_shows_the_same_rows() throws IOException {
        assertThat(new Chart(rows()).svg())
                .as("docs/bench.svg; ./imageferry bench draws it again")
                .isEqualTo(Files.readString(DOCS.resolve("bench.svg")));
    }

    /** A whole run has every kind of copy, so that no goal is left out. */
    @Test
    void the_rows_are_those_of_a_whole_run() throws IOException {
        assertThat(rows()).anyMatch(Row::isMeasured).anyMatch(Row::isTuned);
        assertThat(Goals.check(rows())).hasSize(24);
    }

    /** Two rows whose times and numbers of requests differed with every earlier engine. */
    @ParameterizedTest
    @CsvSource({"CROSS-REGION, 10737418240", "THROTTLED, 10737418240"})
    void the_current_engine_reproduces_these_rows(String calibration, long size) throws Exception {
        var kept = rows().stream()
                .filter(row -> row.isOurs() && !row.isMeasured())
                .filter(row -> row.calibration().equals(calibration) && row.sizeBytes() == size)
                .toList();

        assertThat(kept).containsExactly(new VirtualRuns(20_261_125).ours(Calibration.named(calibration), size));
    }

    private static List<Row> rows() throws IOException {
        return Rows.of(Files.readString(DOCS.resolve("bench.json")));
    }

    /** The list above the goals: the settings of the run. */
    private static List<String> about(String page) {
        return page.lines()
                .dropWhile(line -> !line.contains("writes from here"))
                .takeWhile(line -> !line.startsWith("|"))
                .filter(line -> line.startsWith("- "))
                .map(line -> line.substring(2))
                .toList();
    }

    /** The rows of the first table below the heading, as goal, place and reason. */
    private static List<List<String>> reasons(String page) {
        return page.lines()
                .dropWhile(line -> !line.equals("## Missed goals"))
                .dropWhile(line -> !line.startsWith("|---"))
                .skip(1)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> Stream.of(line.split("\\|", -1))
                        .map(String::strip)
                        .toList()
                        .subList(1, 4))
                .toList();
    }
}
