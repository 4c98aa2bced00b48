package imageferry.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import imageferry.copying.ending.SweepCopies;
import imageferry.copying.ending.SweepReport;
import imageferry.function.edge.Json;
import imageferry.removal.PurgeImages;
import imageferry.removal.Removals;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/** Continues work that a lost event, a crash or an outage left unfinished. Runs every five minutes. */
public final class SweepFunction implements RequestHandler<Map<String, Object>, SweepReport> {
    private static final System.Logger LOG = System.getLogger(SweepFunction.class.getName());

    /** The field of the event by which {@code ./stacks sweep} asks for a look at every object. */
    private static final String EVERYTHING = "everything";

    private final SweepCopies sweepCopies;
    private final Removals removals;
    private final PurgeImages purgeImages;
    private final SweepMetrics metrics;
    private final InstantSource clock;

    public SweepFunction() {
        this(App.current().forEvents());
    }

    SweepFunction(EventWiring wiring) {
        this.sweepCopies = wiring.sweepCopies();
        this.removals = wiring.app().removals();
        this.purgeImages = wiring.app().purgeImages();
        this.metrics = new SweepMetrics(
                wiring.app().metrics(),
                wiring.app().regions(),
                wiring.app().slots(),
                wiring.app().clock());
        this.clock = wiring.app().clock();
    }

    @Override
    public SweepReport handleRequest(Map<String, Object> schedule, Context context) {
        var now = clock.instant();
        var removed = removals.finishAll(now.minus(SweepCopies.QUIET));
        finishWhatHasJustBegun(removed, now);
        var purged = purgeImages.purgeDue(now);
        var report = sweepCopies.sweep(now, Boolean.TRUE.equals(schedule.get(EVERYTHING)));
        LOG.log(
                Level.INFO,
                () -> "Swept " + Json.text(report) + ", removed " + Json.text(removed) + ", purged "
                        + Json.text(purged));
        metrics.put(
                report.findings() + removed.images(),
                report.failures().size()
                        + removed.failures().size()
                        + purged.failures().size());
        return report;
    }

    /**
     * Finishes recent deletions at once: after a crash no call continues them, and two simultaneous calls are safe.
     * They do not count as findings, because most of these calls are still running. If an older deletion has just
     * failed, all of them are left to the next sweep.
     */
    private void finishWhatHasJustBegun(Removals.Finished older, Instant now) {
        if (older.failures().isEmpty()) {
            var begun = removals.finishAll(now);
            LOG.log(Level.DEBUG, () -> "Finished deletions of the last minutes: " + Json.text(begun));
        }
    }
}
