package imageferry.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.json.JsonMapper;
import imageferry.bench.model.PeerModel;
import imageferry.bench.run.VirtualRuns;
import imageferry.bench.timing.Calibration;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportTest {
    private static final long GIB = 1L << 30;
    private final List<Row> rows = new ArrayList<>();

    @BeforeAll
    void copiesOfTwoSizes() throws Exception {
        var runs = new VirtualRuns(1);
        for (var size : List.of(GIB, 10 * GIB)) {
            rows.add(runs.ours(Calibration.CROSS_REGION, size));
            rows.add(runs.peer(PeerModel.AWS_CLI, Calibration.CROSS_REGION, size));
            rows.add(runs.tuned(PeerModel.AWS_CLI, Calibration.CROSS_REGION, size));
            rows.add(runs.peer(PeerModel.S5CMD, Calibration.CROSS_REGION, size));
        }
    }

    @Test
    void the_chart_has_a_line_for_each_tool_and_setting() throws Exception {
        var svg = new Chart(rows).svg();
        var drawing = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));

        assertThat(drawing.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(drawing.getElementsByTagName("polyline").getLength()).isEqualTo(4);
        assertThat(svg)
                .contains("imageferry", "aws s3 cp, tuned", "CROSS-REGION")
                .doesNotContain("NaN", "Infinity");
    }

    @Test
    void a_row_in_json_has_its_figures_as_numbers() throws Exception {
        var json = JsonMapper.builder().build().valueToTree(rows.getFirst());

        assertThat(json.path("tool").asText()).isEqualTo("imageferry");
        assertThat(json.path("calibration").asText()).isEqualTo("CROSS-REGION");
        assertThat(json.path("sizeBytes").asLong()).isEqualTo(GIB);
        assertThat(json.path("kind").asText()).isEqualTo("model");
        for (var number : List.of("seconds", "efficiency", "planRegret", "requests", "costUsd")) {
            assertThat(json.path(number).isNumber()).as(number).isTrue();
        }
    }

    @Test
    void a_failed_copy_has_a_reason_in_place_of_a_time() {
        assertThat(Table.lines(rows))
                .anySatisfy(line -> assertThat(line).contains("10 GiB", "s5cmd", "failed: InvalidRequest"));
    }

    @Test
    void the_terminal_cuts_a_long_reason_and_the_page_does_not() {
        var reason = "The store was out of reach for longer than anybody would wait, and then some";
        var row = new Row(
                Row.OURS,
                Row.DEFAULTS,
                "CROSS-REGION",
                GIB,
                null,
                null,
                null,
                null,
                1.0,
                9,
                0,
                Row.MODEL,
                1_280,
                0,
                0,
                0,
                reason);

        assertThat(Table.lines(List.of(row)).getLast()).contains("failed: The store was out of reach for longer t…");
        assertThat(Table.markdown(List.of(row)).getLast()).contains("failed: " + reason + " |");
    }

    @Test
    void goals_are_checked_against_the_rows_of_the_run_alone() {
        var goals = Goals.check(rows);

        assertThat(goals).anySatisfy(goal -> {
            assertThat(goal.goal()).startsWith("at least 10 times as fast as aws s3 cp");
            assertThat(goal.reached()).isTrue();
            assertThat(goal.missedAt()).isEmpty();
        });
        assertThat(goals).anySatisfy(goal -> {
            assertThat(goal.goal()).isEqualTo("never slower than a peer tuned to the same width (model)");
            assertThat(goal.reached()).isFalse();
            assertThat(goal.missedAt()).isEqualTo("2 of 2 pairs");
        });
        assertThat(goals).noneMatch(goal -> goal.goal().contains("THROTTLED"));
    }

    @Test
    void a_page_keeps_its_text_and_gets_new_results() {
        var page = "Before\n<!-- ./imageferry bench writes from here -->\nold\n<!-- to here -->\nAfter\n";

        var next = ResultsPage.with(page, List.of("Measured here"), Goals.check(rows), rows);

        assertThat(next)
                .startsWith("Before\n")
                .endsWith("<!-- to here -->\nAfter\n")
                .doesNotContain("old");
        assertThat(next)
                .contains("- Measured here", "### CROSS-REGION", "| 10 GiB | imageferry |")
                .contains("| **missed** | slower in 2 of 2 pairs", "(model) | reached | ");
        assertThat(ResultsPage.with(next, List.of("Measured here"), Goals.check(rows), rows))
                .isEqualTo(next);
        assertThatIllegalArgumentException().isThrownBy(() -> ResultsPage.with("No marks", List.of(), List.of(), rows));
    }
}
