package imageferry.simulation;

import imageferry.function.WiredService;
import imageferry.ledger.InMemoryLedger;
import imageferry.simulation.WiredLedger.Alteration;
import imageferry.snapshot.InMemorySnapshotStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** The service and its environment, in memory and in virtual time, observed by the rules. */
final class World {
    static final String REGIONS = "us-east-1,eu-west-1,ap-south-1";
    private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

    final long seed;
    final VirtualThreads strands = new VirtualThreads();
    final Verdict verdict = new Verdict();
    final InstantSource clock = () -> BEGINNING.plusMillis(strands.now() / 1_000);
    final InMemorySnapshotStore store = new InMemorySnapshotStore(clock);
    final Contents contents = new Contents(store);
    final Trace trace;
    final FaultInjector troubles;
    final Invocations invocations;
    final Workflows workflows;
    final ChangeStream stream;
    final InMemoryLedger ledger = new InMemoryLedger();
    final Table table;
    final BytesRules bytes;
    final Neighbour neighbour;
    private final Map<String, Long> reached = new TreeMap<>();
    private final LaggingIndex index;
    private final Rules rules;

    World(Plan plan, boolean words) {
        seed = plan.seed();
        trace = new Trace(words);
        troubles = new FaultInjector(plan.setting(), plan.spared());
        invocations = new Invocations(seed, strands, troubles, trace, verdict);
        workflows = new Workflows(seed, strands, troubles, trace, invocations);
        stream = new ChangeStream(workflows);
        var faithful = plan.defects().ledger().apply(ledger);
        index = new LaggingIndex(ledger, faithful, strands, troubles);
        table = new Table(ledger);
        bytes = new BytesRules(verdict, table, store, contents);
        rules = new Rules(plan.setting(), verdict, table, contents, clock);
        var wire = new Wire(strands, troubles, plan.setting(), trace);
        var buckets = new MebibyteStore(store);
        neighbour =
                new Neighbour(seed, REGIONS, plan.defects().storeOfNeighbour().apply(buckets), clock, bytes);
        RandomGenerator ids = () -> strands.running().ids().nextLong();
        invocations.serve(new WiredService(
                environment(plan.setting()),
                new WiredLedger(ledger, faithful, index::query, wire, this::changed),
                new WiredStore(buckets, plan.defects().store().apply(buckets), wire, strands, troubles, bytes),
                new WiredExecutions(workflows, wire),
                clock,
                ids));
    }

    private static Map<String, String> environment(HistorySettings setting) {
        return Map.of(
                "REGIONS", REGIONS,
                "RECYCLE_DAYS", "7",
                "SLOTS_PER_REGION", Long.toString(setting.slotsPerRegion()),
                "SLOTS_PER_ACCOUNT", Long.toString(setting.slotsPerAccount()),
                "IMAGES_PER_REGION", Long.toString(setting.imagesPerRegion()),
                "COPIES_PER_REGION", Long.toString(setting.copiesPerRegion()),
                "SHARES_PER_IMAGE", Long.toString(setting.sharesPerImage()),
                "BYTES_PER_MONTH", Long.toString(setting.bytesPerMonth()),
                "APPROVAL_ABOVE_BYTES", Long.toString(setting.approvalAboveBytes()));
    }

    private void changed(List<Alteration> commit) {
        rules.check(commit);
        commit.forEach(index::changed);
        commit.forEach(stream::changed);
    }

    /** Counts a situation that histories should reach now and then; otherwise the simulation tests little. */
    void reach(String what) {
        reached.merge(what, 1L, Long::sum);
    }

    /** The number of occurrences of each situation. */
    Map<String, Long> reached() {
        return reached;
    }

    /** Returns whether nothing is in progress except waits. */
    boolean quiet() {
        return invocations.alive() == 0 && stream.idle();
    }
}
