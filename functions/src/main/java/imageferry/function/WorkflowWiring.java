package imageferry.function;

import imageferry.copying.ending.CreateImage;
import imageferry.copying.ending.Release;
import imageferry.copying.ending.SettleCopy;
import imageferry.copying.ending.ShareCopied;
import imageferry.copying.queue.RequestApproval;
import imageferry.copying.queue.RequestSlot;
import imageferry.copying.request.ValidateCopy;
import imageferry.copying.transfer.CompleteSnapshotCopy;
import imageferry.copying.transfer.CopySnapshotParts;
import imageferry.copying.transfer.StartSnapshotCopy;

/** Wires the functions that the workflow calls. */
public record WorkflowWiring(App app) {
    public ValidateCopy validateCopy() {
        return app.requesting().validateCopy();
    }

    public RequestApproval requestApproval() {
        return new RequestApproval(app.ledger(), app.copies(), app.tickets(), app.clock());
    }

    public RequestSlot requestSlot() {
        return new RequestSlot(app.ledger(), app.copies(), app.slots(), app.grantSlots(), app.clock());
    }

    public StartSnapshotCopy startSnapshotCopy() {
        return new StartSnapshotCopy(
                app.store(), app.copies(), app.images(), app.slots(), app.ownership(), app.clock());
    }

    public CopySnapshotParts copySnapshotParts() {
        return new CopySnapshotParts(
                app.store(), app.copies(), app.progress(), app.slots(), app.ports.pause(), app.clock());
    }

    public CompleteSnapshotCopy completeSnapshotCopy() {
        return new CompleteSnapshotCopy(app.store(), app.copies(), app.clock());
    }

    public CreateImage createImage() {
        return new CreateImage(app.ledger(), app.copies(), app.store(), app.grantSlots(), app.clock());
    }

    public ShareCopied shareCopied() {
        return new ShareCopied(app.ledger(), app.copies(), app.forApi().shareImages(), app.clock());
    }

    public SettleCopy settleCopy() {
        var release = new Release(app.images(), app.copies(), app.slots(), app.tickets(), app.progress());
        return new SettleCopy(app.ledger(), app.copies(), app.deletions(), release, app.grantSlots(), app.clock());
    }
}
