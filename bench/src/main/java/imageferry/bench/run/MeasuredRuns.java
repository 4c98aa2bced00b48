package imageferry.bench.run;

import imageferry.bench.model.ListPrices;
import imageferry.bench.report.Row;
import imageferry.bench.server.S3Server;
import imageferry.bench.store.SimulatedS3;
import imageferry.bench.store.StoredObject;
import imageferry.bench.timing.Calibration;
import imageferry.bench.timing.RealTime;
import imageferry.bench.tool.CopyFailed;
import imageferry.bench.tool.Engine;
import imageferry.bench.tool.Imageferry;
import imageferry.bench.tool.Job;
import imageferry.bench.tool.Tool;
import imageferry.snapshot.PartPlanner;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Copies over HTTP in real time, each on a server of its own. The figures come from the server, not from the tool. */
public final class MeasuredRuns {
    private static final PartPlanner PLANNER = new PartPlanner(Engine.WORKERS);
    private static final long SEED = 20_261_125;

    private MeasuredRuns() {}

    /** Makes a copy and returns its cost outside S3, in dollars. */
    private interface Copying {
        double copy(Job job, Runnable begin) throws IOException, InterruptedException;
    }

    /** Makes one copy with our engine. */
    public static Row ours(Calibration calibration, long sizeBytes) throws IOException, InterruptedException {
        var plan = PLANNER.plan(sizeBytes);
        return run(
                Row.OURS,
                Row.DEFAULTS,
                calibration,
                sizeBytes,
                VirtualRuns.WIDTH,
                plan.partSizeBytes(),
                (job, begin) -> {
                    var work = Imageferry.copy(job, begin);
                    return ListPrices.outsideS3(work.calls(), work.working());
                });
    }

    /** Makes one copy with a peer, with its defaults or tuned to our width and part size. */
    public static Row peer(Tool peer, boolean tuned, Calibration calibration, long sizeBytes)
            throws IOException, InterruptedException {
        var plan = PLANNER.plan(sizeBytes);
        var model = tuned ? peer.model().tuned(plan, VirtualRuns.WIDTH) : peer.model();
        return run(
                peer.name(),
                tuned ? Row.TUNED : Row.DEFAULTS,
                calibration,
                sizeBytes,
                peer.widthOfParts(model.streams()),
                model.partSizeBytes(sizeBytes).orElse(sizeBytes),
                (job, begin) -> {
                    peer.copy(job, tuned, begin);
                    return 0;
                });
    }

    private static Row run(
            String tool,
            String settings,
            Calibration calibration,
            long sizeBytes,
            int width,
            long partSizeBytes,
            Copying copying)
            throws IOException, InterruptedException {
        var s3 = new SimulatedS3(calibration, new RealTime(), SEED);
        var source = StoredObject.of(SEED, PLANNER.plan(sizeBytes));
        s3.put(Job.source(), source);
        var outsideS3 = 0.0;
        String failure = null;
        try (var server = new S3Server(s3)) {
            outsideS3 = copying.copy(new Job(server.endpoint(), PLANNER.plan(sizeBytes)), () -> begin(s3));
            failure = flaw(s3, source);
        } catch (CopyFailed e) {
            failure = e.getMessage();
        }
        return new Outcome(
                        tool,
                        settings,
                        calibration,
                        sizeBytes,
                        Row.MEASURED,
                        width,
                        partSizeBytes,
                        s3.statistics(),
                        outsideS3,
                        failure)
                .row();
    }

    /** Collects garbage first: the server and two tools run in this JVM, and a copy must not pay for the one before. */
    private static void begin(SimulatedS3 s3) {
        System.gc();
        s3.statistics().reset();
    }

    /** Returns why the copy does not count: other content than the source, or an upload left open. */
    private static @Nullable String flaw(SimulatedS3 s3, StoredObject source) {
        if (s3.openUploads() > 0) {
            return "An upload was left open";
        }
        return s3.objectsOf(Job.target().bucket()).stream()
                        .anyMatch(object -> object.content().equals(source.content()))
                ? null
                : "The target differs from the source";
    }

    /** Estimates the time of a run, so that long runs can wait side by side. */
    public static Duration expected(Tool peer, boolean tuned, Calibration calibration, long sizeBytes) {
        var plan = PLANNER.plan(sizeBytes);
        var model = tuned ? peer.model().tuned(plan, VirtualRuns.WIDTH) : peer.model();
        var part = model.partSizeBytes(sizeBytes).orElse(sizeBytes);
        var streams = peer.widthOfParts(model.streams());
        var waves = Math.ceilDiv(Math.ceilDiv(sizeBytes, part), streams);
        return calibration.copying(part).multipliedBy(waves);
    }
}
