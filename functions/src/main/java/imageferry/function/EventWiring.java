package imageferry.function;

import imageferry.bucket.AdoptBucket;
import imageferry.bucket.ConfirmRestore;
import imageferry.bucket.ReleaseOrphans;
import imageferry.copying.Executions;
import imageferry.copying.ending.AdvanceCopies;
import imageferry.copying.ending.ContinueCopy;
import imageferry.copying.ending.ImagesOfRegion;
import imageferry.copying.ending.Quarantine;
import imageferry.copying.ending.SweepCopies;
import imageferry.copying.ending.SweepOrphans;
import imageferry.copying.request.ImportUpload;
import imageferry.publishing.Bus;

/** Wires the functions that streams, buckets, timers and CloudFormation call. */
public record EventWiring(App app) {
    public Executions executions() {
        return app.ports.executions().get();
    }

    public AdvanceCopies advanceCopies() {
        return new AdvanceCopies(app.copies(), executions(), app.clock());
    }

    public SweepOrphans sweepOrphans() {
        return new SweepOrphans(app.copies(), app.images(), app.deletions(), new Quarantine(app.ledger(), app.store()));
    }

    public SweepCopies sweepCopies() {
        App.required(app.configuration.sweepDeletes(), "SWEEP_DELETES");
        var workflow = app.forWorkflow();
        var continuing = new ContinueCopy(
                advanceCopies(),
                workflow.completeSnapshotCopy(),
                workflow.createImage(),
                workflow.settleCopy(),
                workflow.shareCopied());
        return new SweepCopies(
                app.copies(),
                app.regions(),
                app.grantSlots(),
                continuing,
                app.requesting().lostUploads(),
                sweepOrphans());
    }

    public ImagesOfRegion imagesOfRegion() {
        return new ImagesOfRegion(app.copies(), app.images(), app.store());
    }

    public ReleaseOrphans releaseOrphans() {
        return new ReleaseOrphans(app.ownership(), sweepOrphans(), app.clock());
    }

    public AdoptBucket adoptBucket() {
        return new AdoptBucket(app.ownership(), imagesOfRegion());
    }

    public ConfirmRestore confirmRestore() {
        return new ConfirmRestore(app.ownership().identity(), sweepOrphans(), app.images(), app.regions(), app.clock());
    }

    public Bus bus() {
        return app.ports.bus().get();
    }

    public ImportUpload importUpload() {
        return app.requesting().importUpload();
    }
}
