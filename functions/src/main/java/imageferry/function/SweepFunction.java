package imageferry.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import imageferry.copying.Slots;
import imageferry.copying.SweepCopies;
import imageferry.copying.SweepReport;
import imageferry.function.edge.Json;
import imageferry.function.edge.Metrics;
import imageferry.function.edge.Metrics.Metric;
import imageferry.region.Region;
import imageferry.region.Regions;
import imageferry.removal.DeleteImage;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/** Every five minutes: carries on whatever a lost event, a crash or an outage left lying. */
public final class SweepFunction implements RequestHandler<Map<String, Object>, SweepReport> {
    private static final System.Logger LOG = System.getLogger(SweepFunction.class.getName());

    private final SweepCopies sweepCopies;
    private final DeleteImage deleteImage;
    private final Regions regions;
    private final Slots slots;
    private final Metrics metrics;
    private final InstantSource clock;

    public SweepFunction() {
        this(App.current());
    }

    SweepFunction(App app) {
        this.sweepCopies = app.sweepCopies();
        this.deleteImage = app.deleteImage();
        this.regions = app.regions();
        this.slots = app.slots();
        this.metrics = app.metrics();
        this.clock = app.clock();
    }

    @Override
    public SweepReport handleRequest(Map<String, Object> schedule, Context context) {
        var now = clock.instant();
        var removed = deleteImage.finishAll(now.minus(SweepCopies.QUIET));
        var report = sweepCopies.sweep(now);
        LOG.log(Level.INFO, () -> "Swept " + Json.text(report) + ", removed " + Json.text(removed));
        measure(
                report.findings() + removed.images(),
                report.failures().size() + removed.failures().size(),
                now);
        return report;
    }

    /** A metric costs money in a month in which it has a value, so what is nothing is not told. */
    private void measure(int findings, int failures, Instant now) {
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
