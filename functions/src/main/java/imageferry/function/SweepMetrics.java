package imageferry.function;

import imageferry.copying.Slots;
import imageferry.function.edge.Metrics;
import imageferry.function.edge.Metrics.Metric;
import imageferry.region.Region;
import imageferry.region.Regions;
import java.time.Duration;
import java.time.Instant;

/** What the alarms watch between two sweeps. A metric costs money in a month in which it has a value: nothing is not told. */
final class SweepMetrics {
    private final Metrics metrics;
    private final Regions regions;
    private final Slots slots;

    SweepMetrics(Metrics metrics, Regions regions, Slots slots) {
        this.metrics = metrics;
        this.regions = regions;
        this.slots = slots;
    }

    /** Tells what a sweep found, what it could not do, and for how long copies wait and hold their slots. */
    void put(int findings, int failures, Instant now) {
        if (findings > 0) {
            metrics.put(Metric.SWEEP_FINDINGS, findings);
        }
        if (failures > 0) {
            metrics.put(Metric.SWEEP_FAILURES, failures);
        }
        for (var region : regions.enabled()) {
            slots.waitingSince(region).ifPresent(since -> age(Metric.OLDEST_WAITING, since, now, region));
            slots.heldSince(region).ifPresent(since -> age(Metric.LONGEST_HELD, since, now, region));
        }
    }

    private void age(Metric metric, Instant since, Instant now, Region region) {
        metrics.put(metric, Duration.between(since, now).toSeconds(), region);
    }
}
