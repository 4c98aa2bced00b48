package imageferry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The figures of the README equal those of the linked pages. */
class SpeedAndCostTest {
    private static final List<String> TOOLS = List.of("imageferry", "aws s3 cp", "rclone");

    @ParameterizedTest
    @CsvSource({
        "1 GiB, measured, measured on a simulated S3",
        "10 GiB, model, virtual time",
        "5 TiB, model, virtual time"
    })
    void times_are_those_of_the_bench(String size, String kind, String remark) {
        var times = TOOLS.stream().map(tool -> time(size, tool, kind)).toList();

        assertThat(Shipped.text("README.md"))
                .contains("| %s, %s | %s |".formatted(size, remark, String.join(" | ", times)));
    }

    private static String time(String size, String tool, String kind) {
        var page = Shipped.text("docs/bench.md");
        var section = page.substring(page.indexOf("### CROSS-REGION")).split("\n### ", 2)[0];
        var row = Pattern.compile("(?m)^\\| %s \\| %s \\| defaults \\| \\d+ \\| ([^|]+) \\|.*\\| %s \\|$"
                        .formatted(size, tool, kind))
                .matcher(section);
        assertThat(row.find()).as(size + " by " + tool).isTrue();
        return row.group(1);
    }

    @Test
    void the_bill_is_that_of_the_page_of_costs() {
        var sums = Pattern.compile("(?m)^\\| \\*\\*together.*?\\*\\*(\\$[0-9.]+)\\*\\*.*\\*\\*(\\$[0-9.]+)\\*\\* \\|$")
                .matcher(Shipped.text("docs/cost.md"));
        assertThat(sums.find()).isTrue();

        assertThat(Shipped.text("README.md"))
                .contains("| AWS bill: a month idle, 500 GiB to two regions | " + sums.group(1) + ", " + sums.group(2)
                        + " |");
    }
}
