package imageferry.function;

import imageferry.aws.AwsClients;
import imageferry.aws.Backoff;
import imageferry.aws.DynamoDbLedger;
import imageferry.aws.EventBridgeBus;
import imageferry.aws.S3SnapshotStore;
import imageferry.aws.SfnExecutions;
import imageferry.copying.Copies;
import imageferry.copying.DescribeCopies;
import imageferry.copying.Executions;
import imageferry.copying.Groups;
import imageferry.copying.Limits;
import imageferry.copying.Progress;
import imageferry.copying.ending.AdvanceCopies;
import imageferry.copying.ending.CreateImage;
import imageferry.copying.ending.ImagesOfRegion;
import imageferry.copying.ending.Release;
import imageferry.copying.ending.SettleCopy;
import imageferry.copying.ending.ShareCopied;
import imageferry.copying.ending.SweepCopies;
import imageferry.copying.queue.DecideTicket;
import imageferry.copying.queue.GrantSlots;
import imageferry.copying.queue.Queues;
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
import imageferry.copying.transfer.Pause;
import imageferry.copying.transfer.StartSnapshotCopy;
import imageferry.function.edge.Api;
import imageferry.function.edge.Callers;
import imageferry.function.edge.HeadStart;
import imageferry.function.edge.LogLines;
import imageferry.function.edge.Metrics;
import imageferry.function.edge.NextTokens;
import imageferry.function.view.RegionViews;
import imageferry.function.view.Views;
import imageferry.id.Ids;
import imageferry.idempotency.Requests;
import imageferry.image.Images;
import imageferry.instance.Instances;
import imageferry.instance.SystemDisks;
import imageferry.instance.UseImages;
import imageferry.ledger.Ledger;
import imageferry.modification.ModifyImage;
import imageferry.publishing.Bus;
import imageferry.region.Regions;
import imageferry.removal.DeleteImage;
import imageferry.secret.Secrets;
import imageferry.sharing.DescribeImages;
import imageferry.sharing.ShareImages;
import imageferry.sharing.Shares;
import imageferry.sharing.VisibleImages;
import imageferry.snapshot.PartPlanner;
import imageferry.snapshot.SnapshotStore;
import imageferry.ticket.Tickets;
import imageferry.usage.DescribeUsage;
import imageferry.usage.Usage;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Wires one function, by hand and in one place. Nothing here is built before it is asked for, so a function starts only
 * the clients that it uses.
 */
public final class App {
    /**
     * The environment to wire from in local mode, which runs all functions in one process. Bound while a handler is
     * constructed.
     */
    public static final ScopedValue<Map<String, String>> ENVIRONMENT = ScopedValue.newInstance();

    private final Configuration configuration;
    private final Ports ports;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Ids ids;
    private final Lazy<Ledger> ledger;
    private final Lazy<SnapshotStore> store;

    /** Wires the use cases to whatever these ports are: in production AWS, in tests memory. */
    App(Configuration configuration, Ports ports) {
        this.configuration = configuration;
        this.ports = ports;
        this.clock = ports.clock();
        this.random = ports.random();
        this.ids = new Ids(random);
        this.ledger = new Lazy<>(ports.ledger());
        this.store = new Lazy<>(ports.store());
    }

    /** The function that this process, or this scope, is. */
    public static App current() {
        if (ENVIRONMENT.isBound()) {
            return from(ENVIRONMENT.get());
        }
        LogLines.install();
        HeadStart.take();
        return from(System.getenv());
    }

    /** @throws IllegalStateException that names every missing or malformed variable */
    public static App from(Map<String, String> environment) {
        var configuration = Configuration.from(environment);
        return new App(configuration, onAws(configuration, new AwsClients(environment)));
    }

    private static Ports onAws(Configuration configuration, AwsClients clients) {
        InstantSource clock = () -> InstantSource.system().instant().truncatedTo(ChronoUnit.MILLIS);
        var random = new SecureRandom();
        return new Ports(
                () -> new DynamoDbLedger(
                        clients.dynamoDb(),
                        configuration.table(),
                        new Backoff(Backoff.Limits.FIFTEEN_SECONDS, clock, Thread::sleep, random),
                        () -> UUID.randomUUID().toString()),
                () -> new S3SnapshotStore(configuration.regions(), clients.credentials(), clients.endpoint("S3")),
                () -> new SfnExecutions(
                        clients.stepFunctions(), required(configuration.stateMachine(), "STATE_MACHINE_ARN")),
                () -> new EventBridgeBus(clients.eventBridge(), required(configuration.bus(), "EVENT_BUS_NAME")),
                Metrics.onStandardOutput(clock),
                clock,
                random);
    }

    public Regions regions() {
        return configuration.regions();
    }

    public Limits limits() {
        return new Limits(
                configuration.approvalAboveBytes(),
                configuration.imagesPerRegion(),
                configuration.copiesPerRegion(),
                configuration.sharesPerImage());
    }

    /** How many copies move bytes into one region at once. */
    public long slotsPerRegion() {
        return configuration.slotsPerRegion();
    }

    public InstantSource clock() {
        return clock;
    }

    Metrics metrics() {
        return ports.metrics();
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

    private RequestWiring requesting() {
        var planner = new PartPlanner(configuration.copyWorkers());
        return new RequestWiring(ledger.get(), store(), regions(), planner, limits(), clock, ids);
    }

    ValidateCopy validateCopy() {
        return requesting().validateCopy();
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
        return new StartSnapshotCopy(store(), copies(), images(), slots(), clock);
    }

    CopySnapshotParts copySnapshotParts() {
        return new CopySnapshotParts(store(), copies(), progress(), slots(), Pause.jittered(random), clock);
    }

    CompleteSnapshotCopy completeSnapshotCopy() {
        return new CompleteSnapshotCopy(store(), copies(), clock);
    }

    CreateImage createImage() {
        return new CreateImage(ledger.get(), copies(), store(), grantSlots(), clock);
    }

    ShareCopied shareCopied() {
        return new ShareCopied(ledger.get(), copies(), shareImages(), clock);
    }

    SettleCopy settleCopy() {
        var release = new Release(images(), slots(), tickets());
        return new SettleCopy(ledger.get(), copies(), progress(), store(), release, grantSlots(), clock);
    }

    Executions executions() {
        return ports.executions().get();
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
                shareCopied(),
                grantSlots(),
                store(),
                regions());
    }

    ImagesOfRegion imagesOfRegion() {
        return new ImagesOfRegion(copies(), images(), store());
    }

    Bus bus() {
        return ports.bus().get();
    }

    RequestImport requestImport() {
        return requesting().requestImport();
    }

    RequestCopies requestCopies() {
        return requesting().requestCopies();
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

    ModifyImage modifyImage() {
        return new ModifyImage(ledger.get(), images(), shares(), visibleImages(), copies(), clock);
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

    RetryCopy retryCopy() {
        return requesting().retryCopy();
    }

    DescribeImages describeImages() {
        return new DescribeImages(images(), shares(), visibleImages(), regions());
    }

    DescribeCopies describeCopies() {
        return new DescribeCopies(copies(), groups(), tickets(), visibleImages());
    }

    DescribeUsage describeUsage() {
        return new DescribeUsage(
                new Usage(ledger.get()), required(configuration.prices(), "PRICE_PER_GIB_MOVED"), clock);
    }

    ImportUpload importUpload() {
        return requesting().importUpload();
    }

    /** Seals the places in lists; the key is read once. */
    NextTokens nextTokens() {
        return new NextTokens(new Lazy<>(() -> new Secrets(ledger.get(), random).of("lists"))::get);
    }

    RegionViews regionViews() {
        return new RegionViews(regions(), slots(), slotsPerRegion(), images(), limits());
    }

    Views views() {
        var queues = new Queues(copies(), progress(), slots(), slotsPerRegion(), clock);
        return new Views(images(), copies(), progress(), queues, regions().operator(), clock);
    }

    private static <T> T required(@Nullable T value, String variable) {
        if (value == null) {
            throw new IllegalStateException(variable + " is missing; the template sets it for this function");
        }
        return value;
    }
}
