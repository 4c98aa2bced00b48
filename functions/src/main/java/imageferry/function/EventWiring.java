package imageferry.function;

import imageferry.copying.Executions;
import imageferry.copying.ending.AdvanceCopies;
import imageferry.copying.ending.ContinueCopy;
import imageferry.copying.ending.ImagesOfRegion;
import imageferry.copying.ending.SweepCopies;
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

    public SweepCopies sweepCopies() {
        return new SweepCopies(
                app.copies(),
                app.images(),
                app.store(),
                app.regions(),
                app.grantSlots(),
                new ContinueCopy(
                        advanceCopies(),
                        app.forWorkflow().settleCopy(),
                        app.forWorkflow().shareCopied()));
    }

    public ImagesOfRegion imagesOfRegion() {
        return new ImagesOfRegion(app.copies(), app.images(), app.store());
    }

    public Bus bus() {
        return app.ports.bus().get();
    }

    public ImportUpload importUpload() {
        return app.requesting().importUpload();
    }
}
