package imageferry.bench.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartReportTest {
    private static final Handler HANDLER = new Handler("Example", around -> List.of(), "");

    private static List<String> lines() {
        var starts = new LinkedHashMap<String, Starts>();
        starts.put(
                "usual",
                new Starts(List.of(
                        new Start(900, 100, 1, 9_000), new Start(300, 100, 20, 1_000), new Start(200, 50, 30, 500))));
        starts.put("other", new Starts(List.of(new Start(150, 50, 10, 1_250))));
        return new StartReport(3, Map.of(HANDLER, starts), Map.of(HANDLER, List.of("imageferry.A", "java.lang.B")))
                .lines();
    }

    @Test
    void the_usual_jvm_has_medians_in_milliseconds() {
        assertThat(lines())
                .contains("| Example | 300 | 100 | 20 | 1000 |")
                .first()
                .asString()
                .contains("3 starts");
    }

    @Test
    void any_other_jvm_has_ratios_of_the_time_to_the_first_answer_and_of_the_processor_time() {
        assertThat(lines()).contains("| other | 0.50, 1.25 |").noneMatch(line -> line.startsWith("| usual"));
    }

    @Test
    void classes_are_counted_by_whose_they_are() {
        assertThat(lines())
                .last()
                .asString()
                .startsWith("- Example loads 2 classes: ")
                .contains("ours 1");
    }
}
