package imageferry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.snapshot.PartPlanner;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The bill of docs/cost.md: its counts are those of the templates and of the plan of parts, its sums are those of its
 * rows.
 */
class WhatItCostsTest {
    private static final long GIB = 1L << 30;
    private static final String PAGE = Shipped.text("docs/cost.md");

    /** The cells of the row that begins with the text. */
    private static List<String> row(String beginning) {
        return PAGE.lines()
                .filter(line -> line.startsWith("| " + beginning))
                .map(WhatItCostsTest::cells)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.substring(1).split("\\|", -1))
                .map(String::strip)
                .toList();
    }

    private static BigDecimal dollars(String text) {
        var price = Pattern.compile("\\$([0-9.]+)").matcher(text);
        return price.find() ? new BigDecimal(price.group(1)) : BigDecimal.ZERO;
    }

    /** The cost of that number of the row's units, rounded to the cent. */
    private static BigDecimal worth(String row, double quantity) {
        return dollars(row(row).get(1)).multiply(BigDecimal.valueOf(quantity)).setScale(2, RoundingMode.HALF_UP);
    }

    private static BigDecimal idle(String row) {
        return dollars(row(row).get(3));
    }

    private static BigDecimal copy(String row) {
        return dollars(row(row).get(5));
    }

    @Test
    void the_sums_are_those_of_the_rows() {
        var rows = PAGE.lines()
                .filter(line -> line.startsWith("| "))
                .filter(line -> !line.contains("**") && !line.startsWith("| and ") && !line.startsWith("| | "))
                .map(WhatItCostsTest::cells)
                .toList();

        assertThat(rows).hasSize(11);
        assertThat(sum(rows, 3)).isEqualTo(idle("**together"));
        assertThat(sum(rows, 5)).isEqualTo(copy("**together"));
    }

    private static BigDecimal sum(List<List<String>> rows, int column) {
        return rows.stream().map(cells -> dollars(cells.get(column))).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Test
    void the_transfer_is_nearly_all_of_a_copy() {
        assertThat(copy("transfer")).isEqualTo(worth("transfer", 2 * 500));
        var rest = copy("**together").subtract(copy("transfer"));

        assertThat(PAGE)
                .contains("all the rest is "
                        + rest.multiply(BigDecimal.valueOf(100)).divide(copy("**together"), 1, RoundingMode.HALF_UP)
                        + " % of it");
    }

    @Test
    void parts_and_batches_are_those_of_a_copy_of_500_gib() {
        var plan = new PartPlanner(parameter("CopyWorkers")).plan(500 * GIB);
        // Each batch lists its parts once, and the completion lists all parts, in two pages.
        var lists = plan.batches().count() + 2;
        var parts = "2 × %,d parts of %d MiB, 2 × %d lists".formatted(plan.count(), plan.partSizeBytes() >> 20, lists);

        assertThat(row("S3").get(4)).isEqualTo(parts);
        assertThat(copy("S3")).isEqualTo(worth("S3", 2 * (plan.count() + lists) / 1_000.0));
        assertThat(row("Step").get(4)).startsWith("2 × " + plan.batches().count() + " batches of 3");
        assertThat(copy("Step")).isEqualTo(worth("Step", (2 * plan.batches().count() * 3 + 20) / 1_000.0));
    }

    @Test
    void the_workers_time_follows_from_the_assumed_speed() {
        var memory = Shipped.functions()
                .get("CopySnapshotPartsFunction")
                .get("MemorySize")
                .asInt();
        var seconds = Math.round(500 * GIB / 4.7e6 / 32 / 10) * 10;

        assertThat(row("Lambda").get(4)).isEqualTo("2 × %,d s of %,d MB".formatted(seconds, memory));
        assertThat(copy("Lambda")).isEqualTo(worth("Lambda", 2 * seconds * memory / 1024.0));
    }

    @Test
    void the_monthly_resources_are_those_of_the_templates() {
        var regions =
                Shipped.TEMPLATE.at("/Parameters/Regions/Default").asText().split(",").length;
        // One of a region's stack, in all but the home region.
        var alarms = Shipped.resources("AWS::CloudWatch::Alarm").size() + regions - 1;
        var sweeps = Duration.ofDays(30).dividedBy(Duration.ofMinutes(5));
        // A look into a bucket lists its snapshots, its open uploads and its imports.
        var looks = Duration.ofDays(30).dividedBy(Duration.ofHours(1));

        assertThat(Shipped.texts(Shipped.TEMPLATE, "rate(5 minutes)"::equals)).hasSize(1);
        assertThat(row("keys").get(2)).isEqualTo(Integer.toString(regions));
        assertThat(idle("keys")).isEqualTo(worth("keys", regions));
        assertThat(row("alarms").get(2)).isEqualTo(Integer.toString(alarms));
        assertThat(idle("alarms")).isEqualTo(worth("alarms", alarms));
        assertThat(row("S3").get(2)).isEqualTo("%,d lists".formatted(looks * regions * 3));
        assertThat(idle("S3")).isEqualTo(worth("S3", looks * regions * 3 / 1_000.0));
        assertThat(row("Lambda").get(2)).isEqualTo("%,d sweeps of 2 s".formatted(sweeps));
        assertThat(idle("Lambda")).isEqualTo(worth("Lambda", sweeps * 2.0));
        assertThat(idle("traces")).isEqualTo(worth("traces", sweeps / 1_000_000.0));
    }

    private static int parameter(String name) {
        return Shipped.TEMPLATE.at("/Parameters/" + name + "/Default").asInt();
    }
}
