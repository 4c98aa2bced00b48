package imageferry.bench.run;

import imageferry.bench.model.Prices;
import imageferry.bench.physics.Calibration;
import imageferry.bench.physics.RealTime;
import imageferry.bench.report.Row;
import imageferry.bench.server.S3Server;
import imageferry.bench.store.SimulatedS3;
import imageferry.bench.store.StoredObject;
import imageferry.bench.tool.CopyFailed;
import imageferry.bench.tool.Engine;
import imageferry.bench.tool.Imageferry;
import imageferry.bench.tool.Job;
import imageferry.bench.tool.Tool;
import imageferry.snapshot.PartPlanner;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Copies over the wire in real time, each on a server of its own. The server, not the tool, says what happened. */
public final class MeasuredRuns {
    private static final PartPlanner PLANNER = new PartPlanner(Engine.WORKERS);
    private static final long SEED = 20_261_125;

    private MeasuredRuns() {}

    /** Something that copies, and what it cost beside S3. */
    private interface Copying {
        double copy(Job job, Runnable begin) throws IOException, InterruptedException;
    }

    /** One copy by our engine. */
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
                    return Prices.besideS3(work.calls(), work.working());
                });
    }

    /** One copy by a peer, with its defaults or tuned to our width and our parts. */
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
        var besideS3 = 0.0;
        String failure = null;
        try (var server = new S3Server(s3)) {
            besideS3 = copying.copy(new Job(server.endpoint(), PLANNER.plan(sizeBytes)), () -> begin(s3));
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
                        s3.account(),
                        besideS3,
                        failure)
                .row();
    }

    /** The server and two of the tools live in this JVM: none of them is to pay for what was left by the copy before. */
    private static void begin(SimulatedS3 s3) {
        System.gc();
        s3.account().reset();
    }

    /** A copy that is not the source's, or that left parts behind, has no time. */
    private static @Nullable String flaw(SimulatedS3 s3, StoredObject source) {
        if (s3.openUploads() > 0) {
            return "It left an upload open";
        }
        return s3.objectsOf(Job.target().bucket()).stream()
                        .anyMatch(object -> object.content().equals(source.content()))
                ? null
                : "The target is not the source";
    }

    /** How long a run will take, so that those that mostly wait can wait together. */
    public static Duration expected(Tool peer, boolean tuned, Calibration calibration, long sizeBytes) {
        var plan = PLANNER.plan(sizeBytes);
        var model = tuned ? peer.model().tuned(plan, VirtualRuns.WIDTH) : peer.model();
        var part = model.partSizeBytes(sizeBytes).orElse(sizeBytes);
        var streams = peer.widthOfParts(model.streams());
        var waves = Math.ceilDiv(Math.ceilDiv(sizeBytes, part), streams);
        return calibration.copying(part).multipliedBy(waves);
    }
}
