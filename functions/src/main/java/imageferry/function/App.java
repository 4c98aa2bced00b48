package imageferry.function;

import imageferry.aws.AwsClients;
import imageferry.aws.Backoff;
import imageferry.aws.DynamoDbLedger;
import imageferry.aws.EventBridgeBus;
import imageferry.aws.S3SnapshotStore;
import imageferry.aws.SfnExecutions;
import imageferry.copying.AdvanceCopies;
import imageferry.copying.CancelCopy;
import imageferry.copying.CompleteSnapshotCopy;
import imageferry.copying.Copies;
import imageferry.copying.CopySnapshotParts;
import imageferry.copying.CreateImage;
import imageferry.copying.DecideTicket;
import imageferry.copying.Executions;
import imageferry.copying.GrantSlots;
import imageferry.copying.Groups;
import imageferry.copying.Limits;
import imageferry.copying.Pause;
import imageferry.copying.Progress;
import imageferry.copying.Release;
import imageferry.copying.RequestApproval;
import imageferry.copying.RequestCopies;
import imageferry.copying.RequestImport;
import imageferry.copying.RequestSlot;
import imageferry.copying.SettleCopy;
import imageferry.copying.ShareCopied;
import imageferry.copying.Slots;
import imageferry.copying.StartSnapshotCopy;
import imageferry.copying.SweepCopies;
import imageferry.copying.ValidateCopy;
import imageferry.function.edge.Api;
import imageferry.function.edge.Callers;
import imageferry.id.Ids;
import imageferry.idempotency.Requests;
import imageferry.image.Images;
import imageferry.instance.Instances;
import imageferry.instance.SystemDisks;
import imageferry.instance.UseImages;
import imageferry.ledger.Ledger;
import imageferry.publishing.Bus;
import imageferry.region.Regions;
import imageferry.removal.DeleteImage;
import imageferry.sharing.ShareImages;
import imageferry.sharing.Shares;
import imageferry.sharing.VisibleImages;
import imageferry.snapshot.PartPlanner;
import imageferry.snapshot.SnapshotStore;
import imageferry.ticket.Tickets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Wires one function, by hand and in one place. Nothing here is built before it is asked for, so a function starts only
 * the clients that it uses.
 */
public final class App {
    /**
     * The environment to wire from, where it is not the process's own: local mode runs every function in one process,
     * and binds each one's variables while it constructs its handler.
     */
    public static final ScopedValue<Map<String, String>> ENVIRONMENT = ScopedValue.newInstance();

    private final Configuration configuration;
    private final AwsClients clients;
    private final InstantSource clock = () -> InstantSource.system().instant().truncatedTo(ChronoUnit.MILLIS);
    private final SecureRandom random = new SecureRandom();
    private final Ids ids = new Ids(random);
    private final Lazy<Ledger> ledger = new Lazy<>(this::dynamoDbLedger);
    private final Lazy<SnapshotStore> store = new Lazy<>(this::s3SnapshotStore);

    private App(Map<String, String> environment) {
        this.configuration = Configuration.from(environment);
        this.clients = new AwsClients(environment);
    }

    /** The function that this process, or this scope, is. */
    public static App current() {
        return from(ENVIRONMENT.isBound() ? ENVIRONMENT.get() : System.getenv());
    }

    /** @throws IllegalStateException that names every missing or malformed variable */
    public static App from(Map<String, String> environment) {
        return new App(environment);
    }

    private Ledger dynamoDbLedger() {
        var backoff = new Backoff(Backoff.Limits.TEN_SECONDS, clock, Thread::sleep, random);
        return new DynamoDbLedger(
                clients.dynamoDb(),
                configuration.table(),
                backoff,
                () -> UUID.randomUUID().toString());
    }

    private SnapshotStore s3SnapshotStore() {
        return new S3SnapshotStore(regions(), clients.credentials(), clients.endpoint("S3"));
    }

    public Regions regions() {
        return configuration.regions();
    }

    public Limits limits() {
        return new Limits(
                configuration.approvalAboveBytes(), configuration.imagesPerRegion(), configuration.sharesPerImage());
    }

    /** How many copies move bytes into one region at once. */
    public long slotsPerRegion() {
        return configuration.slotsPerRegion();
    }

    public InstantSource clock() {
        return clock;
    }

    public SnapshotStore store() {
        return store.get();
    }

    public Api api() {
        return new Api(new Callers(regions().operator(), configuration.samLocal()));
    }

    public Copies copies() {
        return new Copies(ledger.get());
    }

    public Groups groups() {
        return new Groups(ledger.get());
    }

    public Images images() {
        return new Images(ledger.get());
    }

    public Progress progress() {
        return new Progress(ledger.get());
    }

    public Requests requests() {
        return new Requests(ledger.get());
    }

    public Shares shares() {
        return new Shares(ledger.get());
    }

    public Slots slots() {
        return new Slots(ledger.get());
    }

    public Tickets tickets() {
        return new Tickets(ledger.get());
    }

    public VisibleImages visibleImages() {
        return new VisibleImages(images(), shares());
    }

    ValidateCopy validateCopy() {
        return new ValidateCopy(ledger.get(), copies(), images(), store(), regions(), limits(), clock, ids);
    }

    RequestApproval requestApproval() {
        return new RequestApproval(ledger.get(), copies(), tickets(), clock);
    }

    GrantSlots grantSlots() {
        return new GrantSlots(ledger.get(), copies(), slots(), slotsPerRegion(), clock);
    }

    RequestSlot requestSlot() {
        return new RequestSlot(ledger.get(), copies(), slots(), grantSlots(), clock);
    }

    StartSnapshotCopy startSnapshotCopy() {
        return new StartSnapshotCopy(store(), copies(), clock);
    }

    CopySnapshotParts copySnapshotParts() {
        return new CopySnapshotParts(store(), copies(), progress(), Pause.jittered(random), clock);
    }

    CompleteSnapshotCopy completeSnapshotCopy() {
        return new CompleteSnapshotCopy(store(), copies(), clock);
    }

    CreateImage createImage() {
        return new CreateImage(ledger.get(), copies(), store(), grantSlots(), clock);
    }

    ShareCopied shareCopied() {
        return new ShareCopied(copies(), shareImages());
    }

    SettleCopy settleCopy() {
        var release = new Release(images(), slots(), tickets());
        return new SettleCopy(ledger.get(), copies(), progress(), store(), release, grantSlots(), clock);
    }

    Executions executions() {
        return new SfnExecutions(clients.stepFunctions(), required(configuration.stateMachine(), "STATE_MACHINE_ARN"));
    }

    AdvanceCopies advanceCopies() {
        return new AdvanceCopies(copies(), executions(), clock);
    }

    SweepCopies sweepCopies() {
        var executions = executions();
        return new SweepCopies(
                copies(),
                images(),
                executions,
                new AdvanceCopies(copies(), executions, clock),
                settleCopy(),
                grantSlots(),
                store(),
                regions());
    }

    Bus bus() {
        return new EventBridgeBus(clients.eventBridge(), required(configuration.bus(), "EVENT_BUS_NAME"));
    }

    RequestImport requestImport() {
        var planner = new PartPlanner(configuration.copyWorkers());
        return new RequestImport(ledger.get(), images(), requests(), store(), regions(), planner, limits(), clock, ids);
    }

    RequestCopies requestCopies() {
        return new RequestCopies(
                ledger.get(), images(), visibleImages(), requests(), store(), regions(), limits(), clock, ids);
    }

    CancelCopy cancelCopy() {
        return new CancelCopy(ledger.get(), visibleImages(), copies(), clock);
    }

    DecideTicket decideTicket() {
        return new DecideTicket(ledger.get(), tickets(), clock);
    }

    ShareImages shareImages() {
        return new ShareImages(
                ledger.get(), images(), shares(), visibleImages(), configuration.sharesPerImage(), clock);
    }

    DeleteImage deleteImage() {
        return new DeleteImage(ledger.get(), images(), shares(), visibleImages(), copies(), store(), clock);
    }

    UseImages useImages() {
        return new UseImages(
                ledger.get(),
                images(),
                visibleImages(),
                new Instances(ledger.get()),
                requests(),
                regions(),
                clock,
                ids);
    }

    SystemDisks systemDisks() {
        return new SystemDisks(images(), visibleImages(), store(), SystemDisks.LONGEST, clock);
    }

    private static String required(@Nullable String value, String variable) {
        if (value == null) {
            throw new IllegalStateException(variable + " is missing; the template sets it for this function");
        }
        return value;
    }
}
