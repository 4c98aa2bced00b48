package imageferry.bench.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ColdStartsTest {
    @Test
    void the_report_has_medians_in_milliseconds() {
        var starts = new Starts(
                List.of(new Start(900, 100, 1, 9_000), new Start(300, 100, 20, 1_000), new Start(200, 50, 30, 500)));

        assertThat(ColdStarts.report(Map.of(new MeasuredFunction("Example", services -> List.of(), ""), starts)))
                .contains("| Example | 300 | 100 | 20 | 1000 |")
                .first()
                .asString()
                .contains("3 starts");
    }
}
