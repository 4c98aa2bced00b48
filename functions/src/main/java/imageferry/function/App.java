package imageferry.function;

import imageferry.aws.AwsClients;
import imageferry.aws.Backoff;
import imageferry.aws.DynamoDbLedger;
import imageferry.aws.EventBridgeBus;
import imageferry.aws.S3SnapshotStore;
import imageferry.aws.SfnExecutions;
import imageferry.copying.Copies;
import imageferry.copying.Groups;
import imageferry.copying.Limits;
import imageferry.copying.Progress;
import imageferry.copying.queue.GrantSlots;
import imageferry.copying.queue.SlotLimits;
import imageferry.copying.queue.Slots;
import imageferry.copying.request.RequestWiring;
import imageferry.copying.transfer.Pause;
import imageferry.function.edge.HeadStart;
import imageferry.function.edge.LogLines;
import imageferry.function.edge.Metrics;
import imageferry.id.Ids;
import imageferry.idempotency.Requests;
import imageferry.image.Images;
import imageferry.ledger.Ledger;
import imageferry.ownership.Deletions;
import imageferry.ownership.Identity;
import imageferry.ownership.Ownership;
import imageferry.region.Regions;
import imageferry.removal.PurgeImages;
import imageferry.removal.Removals;
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
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Wires one function by hand: shared parts here, and the use cases of the API, the workflow and the events in a record each.
 * Parts are built at their first use, so a function starts only the clients that it uses.
 */
public final class App {
    /**
     * The environment to wire from in local mode, which runs all functions in one process. Bound while a handler is
     * constructed.
     */
    public static final ScopedValue<Map<String, String>> ENVIRONMENT = ScopedValue.newInstance();

    final Configuration configuration;
    final Ports ports;
    private final InstantSource clock;
    final RandomGenerator random;
    final Ids ids;
    private final Lazy<Ledger> ledger;
    private final Lazy<SnapshotStore> store;

    /** Wires the use cases to these ports: AWS in production, memory in tests. */
    public App(Configuration configuration, Ports ports) {
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
                () -> new S3SnapshotStore(
                        configuration.regions(),
                        clients.credentials(),
                        clients.endpoint("S3").orElse(null)),
                () -> new SfnExecutions(
                        clients.stepFunctions(), required(configuration.stateMachine(), "STATE_MACHINE_ARN")),
                () -> new EventBridgeBus(clients.eventBridge(), required(configuration.bus(), "EVENT_BUS_NAME")),
                Metrics.onStandardOutput(configuration.regions().installation(), clock),
                Pause.jittered(random),
                clock,
                random);
    }

    public ApiWiring forApi() {
        return new ApiWiring(this);
    }

    public WorkflowWiring forWorkflow() {
        return new WorkflowWiring(this);
    }

    public EventWiring forEvents() {
        return new EventWiring(this);
    }

    public Ledger ledger() {
        return ledger.get();
    }

    public Regions regions() {
        return configuration.regions();
    }

    public Limits limits() {
        return new Limits(
                configuration.approvalAboveBytes(),
                configuration.bytesPerMonth(),
                configuration.imagesPerRegion(),
                configuration.copiesPerRegion(),
                configuration.sharesPerImage());
    }

    public SlotLimits slotLimits() {
        return configuration.slotLimits();
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

    public RequestWiring requesting() {
        var planner = new PartPlanner(configuration.copyWorkers());
        return new RequestWiring(ledger.get(), store(), regions(), planner, limits(), clock, ids);
    }

    public GrantSlots grantSlots() {
        return new GrantSlots(ledger.get(), copies(), slots(), slotLimits(), clock);
    }

    public Ownership ownership() {
        return new Ownership(new Identity(ledger(), ids), store());
    }

    public Deletions deletions() {
        return new Deletions(store(), ownership(), Boolean.FALSE.equals(configuration.sweepDeletes()));
    }

    public Removals removals() {
        return new Removals(ledger(), images(), shares(), deletions(), clock);
    }

    public PurgeImages purgeImages() {
        return new PurgeImages(removals(), visibleImages(), regions(), clock);
    }

    static <T> T required(@Nullable T value, String variable) {
        if (value == null) {
            throw new IllegalStateException(variable + " is missing; the template sets it for this function");
        }
        return value;
    }
}
