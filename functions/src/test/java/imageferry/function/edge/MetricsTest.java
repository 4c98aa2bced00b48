package imageferry.function.edge;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.function.edge.Metrics.Metric;
import imageferry.region.Region;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A metric is a line of the embedded metric format. Its root has the value, its dimensions and the time. */
final class MetricsTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Metrics metrics = new Metrics(
            "imageferry",
            new PrintStream(written, true, StandardCharsets.UTF_8),
            () -> Instant.ofEpochMilli(1_795_000_000_000L));

    @Test
    void a_count_is_one_line_without_dimensions() throws Exception {
        metrics.put(Metric.COPIES_FAILED, 1);

        assertThat(Json.MAPPER.readTree(written.toByteArray())).isEqualTo(Json.MAPPER.readTree("""
                {"_aws": {"Timestamp": 1795000000000, "CloudWatchMetrics": [{
                  "Namespace": "Imageferry",
                  "Dimensions": [[]],
                  "Metrics": [{"Name": "CopiesFailed", "Unit": "Count"}]}]},
                 "CopiesFailed": 1}"""));
    }

    @Test
    void another_installation_has_a_namespace_of_its_own() throws Exception {
        new Metrics("golden-dev", new PrintStream(written, true, StandardCharsets.UTF_8), () -> Instant.EPOCH)
                .put(Metric.COPIES_FAILED, 1);

        assertThat(Json.MAPPER
                        .readTree(written.toByteArray())
                        .at("/_aws/CloudWatchMetrics/0/Namespace")
                        .asText())
                .isEqualTo("golden-dev");
    }

    @Test
    void a_regions_value_counts_for_the_region_and_for_all() throws Exception {
        metrics.put(Metric.OLDEST_WAITING, 90, new Region("eu-west-1"));

        var line = Json.MAPPER.readTree(written.toByteArray());
        assertThat(line.at("/_aws/CloudWatchMetrics/0/Dimensions").toString()).isEqualTo("[[],[\"Region\"]]");
        assertThat(line.path("Region").asText()).isEqualTo("eu-west-1");
        assertThat(line.path("OldestWaitingSeconds").asLong()).isEqualTo(90);
    }
}
