package imageferry.copying;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.account.AccountId;
import imageferry.account.Caller;
import imageferry.copying.ending.AdvanceCopies;
import imageferry.copying.ending.ContinueCopy;
import imageferry.copying.ending.SettleCopy;
import imageferry.copying.ending.ShareCopied;
import imageferry.copying.ending.SweepCopies;
import imageferry.copying.queue.GrantSlots;
import imageferry.copying.queue.Slots;
import imageferry.copying.request.RequestCopies;
import imageferry.copying.request.RequestImport;
import imageferry.copying.request.RequestWiring;
import imageferry.copying.request.RetryCopy;
import imageferry.copying.request.TargetRequest;
import imageferry.disk.Format;
import imageferry.function.App;
import imageferry.function.TestApp;
import imageferry.id.CopyId;
import imageferry.id.GroupId;
import imageferry.id.Ids;
import imageferry.id.ImageId;
import imageferry.idempotency.Requests;
import imageferry.image.Image;
import imageferry.image.ImageName;
import imageferry.image.Images;
import imageferry.image.Labels;
import imageferry.instance.UseImages;
import imageferry.ledger.InMemoryLedger;
import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.ledger.Ledger;
import imageferry.modification.ModifyImage;
import imageferry.ownership.Identity;
import imageferry.region.Region;
import imageferry.region.Regions;
import imageferry.removal.DeleteImage;
import imageferry.removal.Removals;
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
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A whole service in memory, with a clock that only the test moves and a workflow that the test runs step by step. */
public final class InMemoryService {
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
    private final Random random = new Random(1);
    public final Ids ids = new Ids(random);
    public final Limits limits = new Limits(500L << 30, 5, 4, 50);
    public final App app = over(ledger, limits);
    public final Regions regions = app.regions();
    public final PartPlanner planner = new PartPlanner(40);
    public final Images images = app.images();
    public final Shares shares = app.shares();
    public final VisibleImages visible = app.visibleImages();
    public final Copies copies = app.copies();
    public final Requests requests = app.requests();
    public final Slots slots = app.slots();
    public final Progress progress = app.progress();
    public final GrantSlots granting = app.grantSlots();
    public final SettleCopy settling = app.forWorkflow().settleCopy();
    public final ShareImages sharing = app.forApi().shareImages();
    public final ShareCopied sharingCopied = app.forWorkflow().shareCopied();

    /** All buckets are this service's. */
    public InMemoryService() {
        var id = new Identity(ledger, ids).require();
        regions.enabled().forEach(region -> store.createText(Blob.ledger(region), id.value()));
    }

    /** A service on another ledger, whose bin keeps deleted images for seven days. */
    public App withBin(Ledger other) {
        return over(other, limits, "7");
    }

    private App over(Ledger other, Limits others) {
        return over(other, others, "0");
    }

    private App over(Ledger other, Limits others, String recycleDays) {
        var variables = Map.of(
                "RECYCLE_DAYS",
                recycleDays,
                "REGIONS",
                HOME + "," + AWAY,
                "APPROVAL_ABOVE_BYTES",
                Long.toString(others.approvalAboveBytes()),
                "BYTES_PER_MONTH",
                Long.toString(others.bytesPerMonth()),
                "IMAGES_PER_REGION",
                Long.toString(others.imagesPerRegion()),
                "COPIES_PER_REGION",
                Long.toString(others.copiesPerRegion()),
                "SHARES_PER_IMAGE",
                Long.toString(others.sharesPerImage()));
        return TestApp.over(variables, other, store, new RecordedExecutions(), TestApp.NONE, clock, random);
    }

    /** The key of the copy's item in the ledger. */
    public static Key recordOf(CopyId copy) {
        return CopyRecord.key(copy);
    }

    public SweepCopies sweeping(Executions executions) {
        return sweeping(executions, copies, regions);
    }

    /** Lists these copies, and sweeps these regions. */
    public SweepCopies sweeping(Executions executions, Copies listed, Regions swept) {
        var workflow = app.forWorkflow();
        var continuing = new ContinueCopy(
                new AdvanceCopies(copies, executions, clock),
                workflow.completeSnapshotCopy(),
                workflow.createImage(),
                settling,
                sharingCopied);
        return new SweepCopies(
                listed,
                swept,
                granting,
                continuing,
                app.requesting().lostUploads(),
                app.forEvents().sweepOrphans());
    }

    public DeleteImage deleting() {
        return deleting(ledger);
    }

    /** Deletes on another ledger. */
    public DeleteImage deleting(Ledger other) {
        return over(other, limits).forApi().deleteImage();
    }

    /** Finishes removals on the same ledger. */
    public Removals removals() {
        return app.removals();
    }

    /** Settles on another ledger. */
    public SettleCopy settling(Ledger other) {
        return over(other, limits).forWorkflow().settleCopy();
    }

    public RequestWiring requesting(Ledger other) {
        return requesting(other, limits);
    }

    /** Uses other limits. */
    public RequestWiring requesting(Ledger other, Limits others) {
        return over(other, others).requesting();
    }

    /** Serves only these regions. */
    public RequestWiring requestingIn(Region... enabled) {
        var others = new Regions(regions.installation(), regions.operator(), List.of(enabled));
        return new RequestWiring(ledger, store, others, planner, limits, clock, ids);
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
        return app.forApi().modifyImage();
    }

    public UseImages using() {
        return app.forApi().useImages();
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

    /** Requests an import of a new disk of that size for that caller. */
    public CopyId importing(Caller caller, String name, int bytes) {
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
        done(app.forWorkflow().requestSlot().park(copy, "token"));
        return done(app.forWorkflow().startSnapshotCopy().start(copy));
    }

    /** A worker with ten minutes left, which never waits between its attempts. */
    public StepResult<Boolean> copyParts(CopyId copy, PartBatch batch) {
        return app.forWorkflow().copySnapshotParts().copy(copy, batch, () -> Duration.ofMinutes(10));
    }

    /** Runs the workflow to its end. */
    public void finish(CopyId copy) {
        finish(copy, begin(copy));
    }

    /** Runs the rest of a workflow that has begun. */
    public void finish(CopyId copy, List<PartBatch> batches) {
        for (var batch : batches) {
            assertThat(done(copyParts(copy, batch))).isTrue();
        }
        done(app.forWorkflow().completeSnapshotCopy().complete(copy));
        done(app.forWorkflow().createImage().create(copy));
    }

    /** All records except the id of the table itself. */
    public Map<Key, Item> records() {
        var records = new HashMap<>(ledger.contents());
        records.keySet().removeIf(key -> key.partition().equals("LEDGER"));
        return records;
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
