package imageferry.copying.request;

import imageferry.copying.Copies;
import imageferry.copying.Limits;
import imageferry.copying.VisibleCopies;
import imageferry.copying.queue.OpenTickets;
import imageferry.id.Ids;
import imageferry.idempotency.Requests;
import imageferry.image.Images;
import imageferry.image.Versions;
import imageferry.ledger.Ledger;
import imageferry.region.Regions;
import imageferry.sharing.Shares;
import imageferry.sharing.VisibleImages;
import imageferry.snapshot.PartPlanner;
import imageferry.snapshot.SnapshotStore;
import java.time.InstantSource;

/** Wires the use cases of this package with collaborators that no other package needs. */
public record RequestWiring(
        Ledger ledger,
        SnapshotStore store,
        Regions regions,
        PartPlanner planner,
        Limits limits,
        InstantSource clock,
        Ids ids) {
    public RequestCopies requestCopies() {
        return new RequestCopies(visible(), store, targets(), admission(), new Requests(ledger));
    }

    public RequestImport requestImport() {
        return new RequestImport(regions, uploads(), targets(), admission(), new Requests(ledger));
    }

    public RetryCopy retryCopy() {
        return new RetryCopy(
                visible(),
                new VisibleCopies(copies()),
                store,
                uploads(),
                new RetryPolicies(regions, targets()),
                admission());
    }

    public ImportUpload importUpload() {
        var events = new UploadEvents(new Requests(ledger), clock);
        return new ImportUpload(
                store,
                regions,
                copies(),
                events,
                new UploadImport(images(), copies(), events, uploads(), targets(), admission()),
                new RefusedImports(ledger, events, store, clock, ids));
    }

    public LostUploads lostUploads() {
        return new LostUploads(store, regions, copies(), importUpload());
    }

    public ValidateCopy validateCopy() {
        return new ValidateCopy(copies(), images(), store, regions, admission());
    }

    private Admission admission() {
        return new Admission(ledger, targets(), limits, new OpenTickets(ledger, clock), clock, ids);
    }

    private TargetPolicies targets() {
        return new TargetPolicies(images(), regions, limits);
    }

    private UploadPolicies uploads() {
        return new UploadPolicies(
                store,
                planner,
                new Versions(images()),
                new PastImports(copies(), images()),
                new ClaimedChecksum(store));
    }

    private VisibleImages visible() {
        return new VisibleImages(images(), new Shares(ledger));
    }

    private Images images() {
        return new Images(ledger);
    }

    private Copies copies() {
        return new Copies(ledger);
    }
}
