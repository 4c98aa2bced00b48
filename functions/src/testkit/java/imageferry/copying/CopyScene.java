package imageferry.copying;

import imageferry.account.AccountId;
import imageferry.account.Caller;
import imageferry.copying.queue.Slots;
import imageferry.copying.transfer.CompleteSnapshotCopy;
import imageferry.copying.transfer.CopySnapshotParts;
import imageferry.copying.transfer.Deadline;
import imageferry.copying.transfer.Pause;
import imageferry.copying.transfer.StartSnapshotCopy;
import imageferry.disk.Disk;
import imageferry.disk.Format;
import imageferry.id.CopyId;
import imageferry.id.Ids;
import imageferry.id.ImageId;
import imageferry.id.LedgerId;
import imageferry.id.SnapshotId;
import imageferry.image.Image;
import imageferry.image.ImageName;
import imageferry.image.ImageStatus;
import imageferry.image.Images;
import imageferry.image.Labels;
import imageferry.ledger.Condition;
import imageferry.ledger.InMemoryLedger;
import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.ledger.Write;
import imageferry.ownership.Identity;
import imageferry.ownership.Ownership;
import imageferry.region.Region;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Checksum;
import imageferry.snapshot.PartBatch;
import imageferry.snapshot.PartCopy;
import imageferry.snapshot.SnapshotStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A copy that has its slot, over a store with the source in it, and the engine's three steps. */
public final class CopyScene {
    public static final Region HOME = new Region("us-east-1");
    public static final Region FAR = new Region("eu-west-1");
    public static final long PART = 5L << 20;

    private static final AccountId OWNER = new AccountId("222222222222");

    private final SnapshotStore store;
    private final InstantSource clock;
    private final Copies copies;
    private final Progress progress;
    private final Identity identity;
    private final InMemoryLedger ledger = new InMemoryLedger();
    private int made;

    public CopyScene(SnapshotStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        this.copies = new Copies(ledger);
        this.progress = new Progress(ledger);
        this.identity = new Identity(ledger, new Ids(new Random(1)));
        identity.require();
    }

    /** A copy of an upload of the same region, which is in the store already. */
    public Copy importing(Blob upload) {
        return importing(upload, PART);
    }

    /** The same copy in parts of another size. */
    public Copy importing(Blob upload, long partSizeBytes) {
        return created(new Source.OfUpload(upload, Claim.NONE, false), partSizeBytes, upload.region());
    }

    /** A copy of a finished snapshot to another region. */
    public Copy copying(Blob snapshot, long partSizeBytes, Region target) {
        return created(new Source.OfImage(new ImageId(id("m")), snapshot), partSizeBytes, target);
    }

    private Copy created(Source source, long partSizeBytes, Region target) {
        var facts = store.look(source.blob()).orElseThrow();
        var caller = new Caller(OWNER, "arn:aws:iam::222222222222:user/ada", false);
        var copy = new Copy(
                new CopyId(id("c")),
                Copy.Request.of(caller, Instant.EPOCH),
                new Copy.Pinned(source, facts.eTag(), facts.sizeBytes()),
                new Copy.Destination(new ImageId(id("m")), new SnapshotId(id("s")), target, partSizeBytes),
                CopyStatus.COPYING,
                Copy.Transfer.NONE,
                Copy.Workflow.begun(Instant.EPOCH),
                Copy.End.NONE);
        ledger.commit(List.of(Copies.created(copy), Images.created(image(copy))));
        return copy;
    }

    private static Image image(Copy copy) {
        var labels = new Labels(null, "linux", Map.of());
        var disk = new Disk(Format.RAW, copy.bytesTotal(), null);
        return new Image(
                copy.image(),
                copy.region(),
                OWNER,
                ImageStatus.CREATING,
                Image.Terms.of(new ImageName("golden"), labels),
                Image.Content.unproven(copy.destination().snapshot(), copy.bytesTotal(), disk),
                Image.Uses.NONE,
                new Image.Origin(null, copy.id(), Instant.EPOCH, "ada"));
    }

    /** The id of each scene's table, so that scenes can share a store. */
    public static LedgerId ledgerId() {
        return LedgerId.random(new Ids(new Random(1)));
    }

    private String id(String kind) {
        made++;
        return kind + "-" + "a".repeat(15) + (char) ('a' + made / 26) + (char) ('a' + made % 26);
    }

    /** The current copy. */
    public Copy now(Copy copy) {
        return copies.require(copy.id());
    }

    /** The copy's record, as in the table. */
    public Item stored(Copy copy) {
        return ledger.read(CopyRecord.key(copy.id())).orElseThrow();
    }

    public InMemoryLedger ledger() {
        return ledger;
    }

    /** The remembered rate of one stream on the route to the far region. */
    public void streamsMoved(long bytesPerSecond) {
        var throughput = new Throughput(bytesPerSecond * 10, 10_000);
        ledger.commit(List.of(new Write.Put(
                new Key("REGION#" + FAR, "SLOTS"),
                Item.empty().with("holders", Map.of()).with("stream from " + HOME, throughput.item()),
                Condition.always())));
    }

    public void cancel(Copy copy) {
        ledger.commit(List.of(Copies.decided(
                copy, CopyStatus.CANCELLING, new Reason(Reason.CANCELLED, "Asked for"), "ada", clock.instant())));
    }

    public long progress(Copy copy) {
        return progress.total(copy.id());
    }

    public StepResult<List<PartBatch>> start(Copy copy) {
        var ownership = new Ownership(identity, store);
        return new StartSnapshotCopy(store, copies, new Images(ledger), new Slots(ledger), ownership, clock)
                .start(copy.id());
    }

    /** Runs the first step, which must succeed. */
    public List<PartBatch> started(Copy copy) {
        return value(start(copy));
    }

    public StepResult<Boolean> copyParts(Copy copy, PartBatch batch) {
        return copyParts(copy, batch, () -> Duration.ofMinutes(15));
    }

    public StepResult<Boolean> copyParts(Copy copy, PartBatch batch, Deadline deadline) {
        return copyParts(store, copy, batch, deadline, (least, spread) -> {});
    }

    /** One call of one worker, with a store of its own. */
    public StepResult<Boolean> copyParts(
            SnapshotStore store, Copy copy, PartBatch batch, Deadline deadline, Pause pause) {
        return new CopySnapshotParts(store, copies, progress, new Slots(ledger), pause, clock)
                .copy(copy.id(), batch, deadline);
    }

    public StepResult<Checksum> complete(Copy copy) {
        return new CompleteSnapshotCopy(store, copies, clock).complete(copy.id());
    }

    /** All three steps, which must succeed. */
    public Checksum runAll(Copy copy) {
        for (var batch : started(copy)) {
            if (!value(copyParts(copy, batch))) {
                throw new AssertionError("Batch " + batch + " is not done");
            }
        }
        return value(complete(copy));
    }

    /** Copies one part without the engine. */
    public PartCopy part(Copy copy, int number) {
        var plan = copy.plan();
        return new PartCopy(
                copy.source().blob(),
                copy.pinned().eTag(),
                copy.target(),
                now(copy).upload(),
                number,
                plan.sizeOf(number),
                plan.rangeOf(number).orElse(null));
    }

    private static <T> T value(StepResult<T> result) {
        if (result instanceof StepResult.Done<T>(T value)) {
            return value;
        }
        throw new AssertionError("Not done: " + result);
    }
}
