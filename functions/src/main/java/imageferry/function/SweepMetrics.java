package imageferry.function;

import imageferry.copying.queue.Slots;
import imageferry.function.edge.Metrics;
import imageferry.function.edge.Metrics.Metric;
import imageferry.region.Region;
import imageferry.region.Regions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Metrics that the alarms watch between two sweeps. A metric costs money in each month in which it has a value, so
 * zeros are not published.
 */
record SweepMetrics(Metrics metrics, Regions regions, Slots slots, InstantSource clock) {
    /** Publishes the findings and failures of a sweep, and for how long copies wait and hold their slots. */
    void put(int findings, int failures) {
        if (findings > 0) {
            metrics.put(Metric.SWEEP_FINDINGS, findings);
        }
        if (failures > 0) {
            metrics.put(Metric.SWEEP_FAILURES, failures);
        }
        for (var region : regions.enabled()) {
            slots.waitingSince(region).ifPresent(since -> age(Metric.OLDEST_WAITING, since, region));
            slots.heldSince(region).ifPresent(since -> age(Metric.LONGEST_HELD, since, region));
        }
    }

    /**
     * The time is taken after the read: a sweep lasts, and grants slots itself. The function that wrote {@code since} may still
     * have a clock that is ahead of this one.
     */
    private void age(Metric metric, Instant since, Region region) {
        metrics.put(metric, Math.max(0, Duration.between(since, clock.instant()).toSeconds()), region);
    }
}
