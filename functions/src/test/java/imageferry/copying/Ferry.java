package imageferry.copying;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.account.AccountId;
import imageferry.account.Caller;
import imageferry.copying.ending.AdvanceCopies;
import imageferry.copying.ending.ContinueCopy;
import imageferry.copying.ending.CreateImage;
import imageferry.copying.ending.Release;
import imageferry.copying.ending.SettleCopy;
import imageferry.copying.ending.ShareCopied;
import imageferry.copying.ending.SweepCopies;
import imageferry.copying.queue.GrantSlots;
import imageferry.copying.queue.RequestSlot;
import imageferry.copying.queue.Slots;
import imageferry.copying.request.RequestCopies;
import imageferry.copying.request.RequestImport;
import imageferry.copying.request.RequestWiring;
import imageferry.copying.request.RetryCopy;
import imageferry.copying.request.TargetRequest;
import imageferry.copying.transfer.CompleteSnapshotCopy;
import imageferry.copying.transfer.CopySnapshotParts;
import imageferry.copying.transfer.StartSnapshotCopy;
import imageferry.disk.Format;
import imageferry.id.CopyId;
import imageferry.id.GroupId;
import imageferry.id.Ids;
import imageferry.id.ImageId;
import imageferry.idempotency.Requests;
import imageferry.image.Image;
import imageferry.image.ImageName;
import imageferry.image.Images;
import imageferry.image.Labels;
import imageferry.instance.Instances;
import imageferry.instance.UseImages;
import imageferry.ledger.InMemoryLedger;
import imageferry.ledger.Key;
import imageferry.ledger.Ledger;
import imageferry.modification.ModifyImage;
import imageferry.region.Region;
import imageferry.region.Regions;
import imageferry.rule.Code;
import imageferry.rule.Result;
import imageferry.rule.Violation;
import imageferry.sharing.ShareImages;
import imageferry.sharing.Shares;
import imageferry.sharing.VisibleImages;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Bytes;
import imageferry.snapshot.InMemorySnapshotStore;
import imageferry.snapshot.PartBatch;
import imageferry.snapshot.PartPlanner;
import imageferry.ticket.Tickets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A whole service in memory, with a clock that only the test moves and a workflow that the test runs step by step. */
public final class Ferry {
    public static final Region HOME = new Region("us-east-1");
    public static final Region AWAY = new Region("eu-west-1");
    public static final Caller OWNER = caller("222222222222");
    public static final Caller FRIEND = caller("333333333333");
    public static final Caller STRANGER = caller("444444444444");
    public static final Caller OPERATOR =
            new Caller(new AccountId("111111111111"), "arn:aws:iam::111111111111:user/operator", true);
    /** Accepts imports whose bytes are not a disk. */
    public static final Claim ANY_BYTES = new Claim(Format.RAW, null);

    public static final Reason OUTAGE = new Reason("Outage", "The lights went out");

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    public final InstantSource clock = () -> now;
    public final InMemoryLedger ledger = new InMemoryLedger();
    public final InMemorySnapshotStore store = new InMemorySnapshotStore(clock);
    public final Ids ids = new Ids(new Random(1));
    public final Regions regions = new Regions(new AccountId("111111111111"), List.of(HOME, AWAY));
    public final Limits limits = new Limits(500L << 30, 5, 4, 50);
    public final PartPlanner planner = new PartPlanner(40);
    public final Images images = new Images(ledger);
    public final Shares shares = new Shares(ledger);
    public final VisibleImages visible = new VisibleImages(images, shares);
    public final Copies copies = new Copies(ledger);
    public final Requests requests = new Requests(ledger);
    public final Slots slots = new Slots(ledger);
    public final Progress progress = new Progress(ledger);
    public final GrantSlots granting = new GrantSlots(ledger, copies, slots, 5, clock);
    public final SettleCopy settling = new SettleCopy(
            ledger, copies, store, new Release(images, slots, new Tickets(ledger), progress), granting, clock);
    public final ShareImages sharing = new ShareImages(ledger, images, shares, visible, 50, clock);
    public final ShareCopied sharingCopied = new ShareCopied(ledger, copies, sharing, clock);

    /** The key of the copy's item in the ledger. */
    public static Key recordOf(CopyId copy) {
        return CopyRecord.key(copy);
    }

    public SweepCopies sweeping(Executions executions) {
        return sweeping(executions, copies, regions);
    }

    /** Lists these copies, and sweeps these regions. */
    public SweepCopies sweeping(Executions executions, Copies listed, Regions swept) {
        var continuing = new ContinueCopy(new AdvanceCopies(copies, executions, clock), settling, sharingCopied);
        return new SweepCopies(listed, images, store, swept, granting, continuing);
    }

    /** Settles on another ledger. */
    public SettleCopy settling(Ledger other) {
        return new SettleCopy(
                other, copies, store, new Release(images, slots, new Tickets(other), progress), granting, clock);
    }

    public RequestWiring requesting(Ledger other) {
        return requesting(other, limits);
    }

    /** Uses other limits. */
    public RequestWiring requesting(Ledger other, Limits others) {
        return new RequestWiring(other, store, regions, planner, others, clock, ids);
    }

    public RequestImport requestImport() {
        return requestImport(ledger);
    }

    /** Commits on another ledger. */
    public RequestImport requestImport(Ledger other) {
        return requesting(other).requestImport();
    }

    public RequestCopies requestCopies() {
        return requestCopies(ledger);
    }

    /** Commits on another ledger. */
    public RequestCopies requestCopies(Ledger other) {
        return requesting(other).requestCopies();
    }

    public RetryCopy retrying() {
        return retrying(ledger);
    }

    /** Commits on another ledger. */
    public RetryCopy retrying(Ledger other) {
        return requesting(other).retryCopy();
    }

    public ModifyImage modifying() {
        return new ModifyImage(ledger, images, shares, visible, copies, clock);
    }

    public UseImages using() {
        return new UseImages(ledger, images, visible, new Instances(ledger), requests, regions, clock, ids);
    }

    public static Caller caller(String account) {
        return new Caller(new AccountId(account), "arn:aws:iam::" + account + ":user/tester", false);
    }

    public Instant now() {
        return now;
    }

    public void passes(Duration time) {
        now = now.plus(time);
    }

    /** Requests an import of a new disk of that size. */
    public CopyId importing(String name, int bytes) {
        return importing(OWNER, name, bytes);
    }

    private CopyId importing(Caller caller, String name, int bytes) {
        var key = "imports/" + caller.account() + "/" + name;
        store.put(new Blob(HOME, key), Bytes.random(bytes, bytes));
        var request = new RequestImport.Request(HOME.name(), new ImageName(name), key, ANY_BYTES, Labels.NONE, null);
        return accepted(requestImport().request(caller, request));
    }

    /** An available image of that caller in the home region. */
    public Image image(Caller owner, String name) {
        var copy = importing(owner, name, 1_000);
        finish(copy);
        return made(copy);
    }

    /** An available image in the home region. */
    public Image image(String name) {
        return image(name, 1_000);
    }

    public Image image(String name, int bytes) {
        var copy = importing(name, bytes);
        finish(copy);
        return made(copy);
    }

    /** Requests a copy of a home image to the other region, and returns the copy. */
    public CopyId copying(Image source, Caller... recipients) {
        var group = accepted(copy(OWNER, source, recipients));
        return new Groups(ledger).find(group).orElseThrow().copies().getFirst();
    }

    /** Requests a copy of a home image to the other region. */
    public Result<GroupId> copy(Caller caller, Image source, Caller... recipients) {
        var shareWith = Arrays.stream(recipients)
                .map(recipient -> recipient.account().value())
                .toList();
        var target = new TargetRequest(AWAY.name(), null, Labels.NONE, shareWith);
        var request = new RequestCopies.Request(source.id().value(), List.of(target), null, null);
        return requestCopies().request(caller, request);
    }

    /** Runs the workflow until the copy has its slot and its upload is open. */
    public List<PartBatch> begin(CopyId copy) {
        done(new RequestSlot(ledger, copies, slots, granting, clock).park(copy, "token"));
        return done(new StartSnapshotCopy(store, copies, images, slots, clock).start(copy));
    }

    /** A worker with ten minutes left, which never waits between its attempts. */
    public StepResult<Boolean> copyParts(CopyId copy, PartBatch batch) {
        return new CopySnapshotParts(store, copies, progress, slots, (least, spread) -> {}, clock)
                .copy(copy, batch, () -> Duration.ofMinutes(10));
    }

    /** Runs the workflow to its end. */
    public void finish(CopyId copy) {
        for (var batch : begin(copy)) {
            assertThat(done(copyParts(copy, batch))).isTrue();
        }
        done(new CompleteSnapshotCopy(store, copies, clock).complete(copy));
        done(new CreateImage(ledger, copies, store, granting, clock).create(copy));
    }

    public Image made(CopyId copy) {
        return image(copies.require(copy).image());
    }

    public Image image(ImageId id) {
        return images.find(id).orElseThrow();
    }

    private static <T> T done(StepResult<T> result) {
        return switch (result) {
            case StepResult.Done<T>(T value) -> value;
            case StepResult<T> other -> throw new AssertionError("Not done: " + other);
        };
    }

    public static <T> T accepted(Result<T> result) {
        return switch (result) {
            case Result.Accepted<T>(T value) -> value;
            case Result.Rejected<T> rejected -> throw new AssertionError("Rejected: " + rejected);
        };
    }

    /** The codes of the violations, in order. */
    public static List<Code> codes(Result<?> result) {
        return violations(result).stream().map(Violation::code).toList();
    }

    public static List<Violation> violations(Result<?> result) {
        return switch (result) {
            case Result.Accepted<?> accepted -> throw new AssertionError("Accepted: " + accepted);
            case Result.Rejected<?>(List<Violation> violations) -> violations;
        };
    }
}
