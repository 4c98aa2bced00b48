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
import imageferry.copying.transfer.Pause;
import imageferry.copying.transfer.StartSnapshotCopy;

/** Wires the functions that the workflow calls. */
record WorkflowWiring(App app) {
    ValidateCopy validateCopy() {
        return app.requesting().validateCopy();
    }

    RequestApproval requestApproval() {
        return new RequestApproval(app.ledger(), app.copies(), app.tickets(), app.clock());
    }

    RequestSlot requestSlot() {
        return new RequestSlot(app.ledger(), app.copies(), app.slots(), app.grantSlots(), app.clock());
    }

    StartSnapshotCopy startSnapshotCopy() {
        return new StartSnapshotCopy(app.store(), app.copies(), app.images(), app.slots(), app.clock());
    }

    CopySnapshotParts copySnapshotParts() {
        return new CopySnapshotParts(
                app.store(), app.copies(), app.progress(), app.slots(), Pause.jittered(app.random), app.clock());
    }

    CompleteSnapshotCopy completeSnapshotCopy() {
        return new CompleteSnapshotCopy(app.store(), app.copies(), app.clock());
    }

    CreateImage createImage() {
        return new CreateImage(app.ledger(), app.copies(), app.store(), app.grantSlots(), app.clock());
    }

    ShareCopied shareCopied() {
        return new ShareCopied(app.ledger(), app.copies(), app.forApi().shareImages(), app.clock());
    }

    SettleCopy settleCopy() {
        var release = new Release(app.images(), app.slots(), app.tickets(), app.progress());
        return new SettleCopy(app.ledger(), app.copies(), app.store(), release, app.grantSlots(), app.clock());
    }
}
