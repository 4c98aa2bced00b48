package imageferry.function.edge;

import imageferry.region.Region;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Metrics in CloudWatch's embedded metric format: a line on standard output becomes a metric, without a call that could
 * fail or be waited for.
 */
public final class Metrics {
    private static final String DEFAULT_INSTALLATION = "imageferry";
    private static final String DEFAULT_NAMESPACE = "Imageferry";

    private final String namespace;
    private final PrintStream out;
    private final InstantSource clock;

    /** @param installation its name is the metrics' namespace; that of the default installation begins with a capital */
    public Metrics(String installation, PrintStream out, InstantSource clock) {
        this.namespace = installation.equals(DEFAULT_INSTALLATION) ? DEFAULT_NAMESPACE : installation;
        this.out = out;
        this.clock = clock;
    }

    /** Writes to the log, from which CloudWatch extracts metrics in this format. */
    public static Metrics onStandardOutput(String installation, InstantSource clock) {
        return new Metrics(installation, System.out, clock);
    }

    /** The metrics, with their units in CloudWatch. */
    public enum Metric {
        /** A copy made its image. A step that was called twice counts twice. */
        COPIES_AVAILABLE("CopiesAvailable", "Count"),
        COPIES_CANCELLED("CopiesCancelled", "Count"),
        COPIES_FAILED("CopiesFailed", "Count"),
        /** Per region: the waiting time of the next copy in the queue. */
        OLDEST_WAITING("OldestWaitingSeconds", "Seconds"),
        /** Per region: the longest time that a running copy has held its slot. */
        LONGEST_HELD("LongestHeldSlotSeconds", "Seconds"),
        /** Unfinished work that the sweeper found, after a lost event or a crashed call. */
        SWEEP_FINDINGS("SweepFindings", "Count"),
        /** Work that the sweeper could not finish now. */
        SWEEP_FAILURES("SweepFailures", "Count");

        private final String text;
        private final String unit;

        Metric(String text, String unit) {
            this.text = text;
            this.unit = unit;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    public void put(Metric metric, long value) {
        put(metric, value, null);
    }

    /** Once for the region, and once over all regions. */
    public void put(Metric metric, long value, @Nullable Region region) {
        var dimensions = region == null ? List.of(List.of()) : List.of(List.of(), List.of("Region"));
        var line = new LinkedHashMap<String, Object>();
        line.put(
                "_aws",
                Map.of(
                        "Timestamp",
                        clock.instant().toEpochMilli(),
                        "CloudWatchMetrics",
                        List.of(Map.of(
                                "Namespace",
                                namespace,
                                "Dimensions",
                                dimensions,
                                "Metrics",
                                List.of(Map.of("Name", metric.text, "Unit", metric.unit))))));
        if (region != null) {
            line.put("Region", region.name());
        }
        line.put(metric.text, value);
        out.println(Json.text(line));
    }
}
