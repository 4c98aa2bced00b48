package imageferry.local.faults;

import imageferry.account.AccountId;
import imageferry.account.Caller;
import imageferry.copying.Copies;
import imageferry.copying.Executions;
import imageferry.copying.Limits;
import imageferry.copying.Progress;
import imageferry.copying.ending.AdvanceCopies;
import imageferry.copying.ending.ContinueCopy;
import imageferry.copying.ending.CreateImage;
import imageferry.copying.ending.Release;
import imageferry.copying.ending.SettleCopy;
import imageferry.copying.ending.ShareCopied;
import imageferry.copying.ending.SweepCopies;
import imageferry.copying.queue.DecideTicket;
import imageferry.copying.queue.GrantSlots;
import imageferry.copying.queue.RequestApproval;
import imageferry.copying.queue.RequestSlot;
import imageferry.copying.queue.Slots;
import imageferry.copying.request.CancelCopy;
import imageferry.copying.request.ImportUpload;
import imageferry.copying.request.RequestCopies;
import imageferry.copying.request.RequestImport;
import imageferry.copying.request.RequestWiring;
import imageferry.copying.request.RetryCopy;
import imageferry.copying.request.ValidateCopy;
import imageferry.copying.transfer.CompleteSnapshotCopy;
import imageferry.copying.transfer.CopySnapshotParts;
import imageferry.copying.transfer.StartSnapshotCopy;
import imageferry.id.Ids;
import imageferry.idempotency.Requests;
import imageferry.image.Images;
import imageferry.instance.Instances;
import imageferry.instance.UseImages;
import imageferry.ledger.Ledger;
import imageferry.modification.ModifyImage;
import imageferry.region.Region;
import imageferry.region.Regions;
import imageferry.removal.DeleteImage;
import imageferry.sharing.ShareImages;
import imageferry.sharing.Shares;
import imageferry.sharing.VisibleImages;
import imageferry.snapshot.PartPlanner;
import imageferry.snapshot.SnapshotStore;
import imageferry.ticket.Tickets;
import java.time.InstantSource;
import java.util.List;

/** Every use case over the same ports. There are three regions, and copies above 10,000 bytes need approval. */
final class Service {
    static final Region HOME = new Region("us-east-1");
    static final Region AWAY = new Region("eu-west-1");
    static final Region FAR = new Region("ap-south-1");
    static final long APPROVAL_ABOVE = 10_000;

    final Ledger ledger;
    final SnapshotStore store;
    final Copies copies;
    final Images images;
    final Slots slots;
    final GrantSlots granting;
    final RequestImport requestImport;
    final ImportUpload importUpload;
    final RequestCopies requestCopies;
    final RetryCopy retryCopy;
    final ValidateCopy validateCopy;
    final RequestApproval requestApproval;
    final DecideTicket decideTicket;
    final RequestSlot requestSlot;
    final StartSnapshotCopy startSnapshotCopy;
    final CopySnapshotParts copySnapshotParts;
    final CompleteSnapshotCopy completeSnapshotCopy;
    final CreateImage createImage;
    final ShareImages shareImages;
    final ShareCopied shareCopied;
    final CancelCopy cancelCopy;
    final SettleCopy settleCopy;
    final AdvanceCopies advanceCopies;
    final SweepCopies sweepCopies;
    final ModifyImage modifyImage;
    final DeleteImage deleteImage;
    final UseImages useImages;

    /** @param slotsPerRegion the number of copies that may move bytes into one region at once */
    Service(
            Ledger ledger,
            SnapshotStore store,
            Executions executions,
            InstantSource clock,
            Ids ids,
            long approvalAbove,
            long slotsPerRegion) {
        this.ledger = ledger;
        this.store = store;
        var limits = new Limits(approvalAbove, 100, 100, 50);
        var regions = new Regions(new AccountId("111111111111"), List.of(HOME, AWAY, FAR));
        var progress = new Progress(ledger);
        var shares = new Shares(ledger);
        var tickets = new Tickets(ledger);
        var requests = new Requests(ledger);
        copies = new Copies(ledger);
        images = new Images(ledger);
        slots = new Slots(ledger);
        var visible = new VisibleImages(images, shares);
        granting = new GrantSlots(ledger, copies, slots, slotsPerRegion, clock);
        var requesting = new RequestWiring(ledger, store, regions, new PartPlanner(40), limits, clock, ids);
        requestImport = requesting.requestImport();
        importUpload = requesting.importUpload();
        requestCopies = requesting.requestCopies();
        retryCopy = requesting.retryCopy();
        validateCopy = requesting.validateCopy();
        requestApproval = new RequestApproval(ledger, copies, tickets, clock);
        decideTicket = new DecideTicket(ledger, tickets, copies, clock);
        requestSlot = new RequestSlot(ledger, copies, slots, granting, clock);
        startSnapshotCopy = new StartSnapshotCopy(store, copies, images, new Slots(ledger), clock);
        copySnapshotParts =
                new CopySnapshotParts(store, copies, progress, new Slots(ledger), (least, spread) -> {}, clock);
        completeSnapshotCopy = new CompleteSnapshotCopy(store, copies, clock);
        createImage = new CreateImage(ledger, copies, store, granting, clock);
        shareImages = new ShareImages(ledger, images, shares, visible, limits.sharesPerImage(), clock);
        shareCopied = new ShareCopied(ledger, copies, shareImages, clock);
        cancelCopy = new CancelCopy(ledger, visible, copies, clock);
        var release = new Release(images, slots, tickets, progress);
        settleCopy = new SettleCopy(ledger, copies, store, release, granting, clock);
        advanceCopies = new AdvanceCopies(copies, executions, clock);
        sweepCopies = new SweepCopies(
                copies, images, store, regions, granting, new ContinueCopy(advanceCopies, settleCopy, shareCopied));
        modifyImage = new ModifyImage(ledger, images, shares, visible, copies, clock);
        deleteImage = new DeleteImage(ledger, images, shares, visible, copies, store, clock);
        useImages = new UseImages(ledger, images, visible, new Instances(ledger), requests, regions, clock, ids);
    }

    static Caller caller(String account) {
        return new Caller(new AccountId(account), "arn:aws:iam::" + account + ":user/tester", false);
    }
}
