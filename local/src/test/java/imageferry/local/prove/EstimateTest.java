package imageferry.local.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import imageferry.local.lint.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cost that is printed before the start. */
class EstimateTest {
    private static final long GIB = 1L << 30;

    @ParameterizedTest
    @CsvSource({
        "transfer between regions, " + Estimate.TRANSFER,
        "keys, " + Estimate.KEY,
        "alarms, " + Estimate.ALARM,
        "dashboard, " + Estimate.DASHBOARD,
        "and to keep them, " + Estimate.STORAGE
    })
    void the_prices_are_those_of_the_cost_page(String row, double price) throws IOException {
        var page = Files.readString(Tool.HOME.resolve("docs/cost.md"));
        var found = Pattern.compile("(?m)^\\| " + row + " \\| \\$([0-9.]+)").matcher(page);

        assertThat(found.find()).isTrue();
        assertThat(Double.parseDouble(found.group(1))).isEqualTo(price);
    }

    @Test
    void the_alarms_are_those_of_the_cost_page() throws IOException {
        assertThat(Files.readString(Tool.HOME.resolve("docs/cost.md")))
                .contains("| alarms | $0.10 each, a month | " + Estimate.ALARMS + " |");
    }

    /** Transfer between regions and to this machine; a day of storage, keys and alarms; a dashboard; the rest. */
    @Test
    void a_disk_of_1_gib_costs_less_than_four_dollars() {
        var sum = 3 * 0.02 + 2 * 0.09 + 5 * 0.023 / 30 + (2 + 4.6) / 30 + 3 + 0.2;

        assertThat(new Estimate(GIB, 2).dollars()).isCloseTo(sum, within(0.005)).isLessThan(4);
        assertThat(new Estimate(GIB, 2).lines()).last().asString().startsWith("$3.66  together, at most");
    }

    @Test
    void a_larger_disk_costs_more_transfer() {
        assertThat(new Estimate(100 * GIB, 2).lines())
                .startsWith(
                        "$6.00  transfer to another region, 3 copies at $0.02 per GiB",
                        "$18.00  transfer to this machine, 2 downloads at $0.09 per GiB");
    }
}
