package imageferry.bench.run;

import imageferry.bench.model.ListPrices;
import imageferry.bench.model.PeerModel;
import imageferry.bench.report.Row;
import imageferry.bench.store.SimulatedS3;
import imageferry.bench.store.SimulatedStore;
import imageferry.bench.store.StoredObject;
import imageferry.bench.timing.Calibration;
import imageferry.bench.timing.VirtualTime;
import imageferry.bench.tool.CopyFailed;
import imageferry.bench.tool.Engine;
import imageferry.bench.tool.Job;
import imageferry.bench.tool.ModelledPeer;
import imageferry.copying.transfer.Pause;
import imageferry.snapshot.PartBatch;
import imageferry.snapshot.PartPlan;
import imageferry.snapshot.PartPlanner;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Copies in virtual time, with our deployed engine and with models of the peers. */
public final class VirtualRuns {
    private static final PartPlanner PLANNER = new PartPlanner(Engine.WORKERS);

    /** Streams of all our workers. */
    public static final int WIDTH = Engine.WORKERS * PartBatch.STREAMS;

    private final long seed;

    /** @param seed of the faults and pauses, so that a run can be repeated */
    public VirtualRuns(long seed) {
        this.seed = seed;
    }

    /** Makes one copy with our planner and our engine. */
    public Row ours(Calibration calibration, long sizeBytes) throws Exception {
        return ours(calibration, PLANNER.plan(sizeBytes));
    }

    private Row ours(Calibration calibration, PartPlan plan) throws Exception {
        var time = new VirtualTime();
        var s3 = holding(plan, calibration, time);
        var store = new SimulatedStore(s3, Job.REGIONS);
        var random = new SplittableRandom(seed);
        Pause pause = (least, spread) -> time.sleep(Pause.length(least, spread, random));
        var engine = new Engine(worker -> store, time, pause, random);
        var failure = failureOf(time, () -> engine.copy(Job.SOURCE, plan.partSizeBytes(), Job.TARGET_REGION));
        return new Outcome(
                        Row.OURS,
                        Row.DEFAULTS,
                        calibration,
                        plan.sizeBytes(),
                        Row.MODEL,
                        WIDTH,
                        plan.partSizeBytes(),
                        s3.statistics(),
                        ListPrices.outsideS3(
                                engine.work().calls(), engine.work().working()),
                        failure)
                .row();
    }

    /** Makes one copy with a peer and its defaults. */
    public Row peer(PeerModel peer, Calibration calibration, long sizeBytes) throws Exception {
        return peer(peer, Row.DEFAULTS, calibration, sizeBytes);
    }

    /** Makes one copy with a peer that has our width and our part size. */
    public Row tuned(PeerModel peer, Calibration calibration, long sizeBytes) throws Exception {
        return peer(peer.tuned(PLANNER.plan(sizeBytes), WIDTH), Row.TUNED, calibration, sizeBytes);
    }

    private Row peer(PeerModel peer, String settings, Calibration calibration, long sizeBytes) throws Exception {
        var time = new VirtualTime();
        var s3 = holding(PLANNER.plan(sizeBytes), calibration, time);
        var failure =
                failureOf(time, () -> new ModelledPeer(peer, s3, time, new SplittableRandom(seed)).copy(sizeBytes));
        return new Outcome(
                        peer.name(),
                        settings,
                        calibration,
                        sizeBytes,
                        Row.MODEL,
                        peer.streams(),
                        peer.partSizeBytes(sizeBytes).orElse(sizeBytes),
                        s3.statistics(),
                        0,
                        failure)
                .row();
    }

    private SimulatedS3 holding(PartPlan plan, Calibration calibration, VirtualTime time) {
        var s3 = new SimulatedS3(calibration, time, seed);
        s3.put(Job.source(), StoredObject.of(seed, plan));
        return s3;
    }

    private static @Nullable String failureOf(VirtualTime time, VirtualTime.Body copy) throws Exception {
        try {
            time.run(copy);
            return null;
        } catch (CopyFailed e) {
            return e.getMessage();
        }
    }
}
