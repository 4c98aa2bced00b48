package imageferry.local.faults;

import imageferry.copying.Executions;
import imageferry.fault.Calls;
import imageferry.fault.World;
import imageferry.ledger.InMemoryLedger;
import imageferry.local.ledger.DynamoDbFaults;
import imageferry.simulation.RecordInvariants;
import imageferry.snapshot.InMemorySnapshotStore;
import imageferry.snapshot.SnapshotStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/**
 * One run of one use case: its preparation runs quickly in memory, and is written to a real table. Then the use case
 * itself runs on that table, through a client and a store that fail by plan.
 */
final class ScenarioRun implements World {
    private final Calls calls = new Calls();
    private final InMemoryLedger before = new InMemoryLedger();
    private final RecordedExecutions executions = new RecordedExecutions();
    private final Random random = new Random(1);
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final InMemorySnapshotStore bytes = new InMemorySnapshotStore(() -> now);
    private final EmptyTable table;
    private final Runnable act;

    ScenarioRun(EmptyTable table, Scenario act) {
        this.table = table;
        this.act = act.prepared().apply(this);
        this.table.lay(before.contents());
    }

    /** The service that prepares. Nothing fails there. */
    WorkflowSteps past() {
        return past(Service.APPROVAL_ABOVE, 1);
    }

    /** Prepares under other limits than those of the use case. */
    WorkflowSteps past(long approvalAbove, long slotsPerRegion) {
        return new WorkflowSteps(
                new Service(before, bytes, executions, () -> now, random, approvalAbove, slotsPerRegion), bytes);
    }

    /** The service that runs the use case: on DynamoDB, with every port failing by plan. */
    Service present() {
        return present(1);
    }

    Service present(long slotsPerRegion) {
        var ledger = table.through(DynamoDbFaults.around(table.client(), calls));
        return new Service(
                ledger,
                calls.around(SnapshotStore.class, bytes),
                calls.around(Executions.class, executions),
                () -> now,
                random,
                Service.APPROVAL_ABOVE,
                slotsPerRegion);
    }

    RecordedExecutions executions() {
        return executions;
    }

    Instant now() {
        return now;
    }

    void passes(Duration time) {
        now = now.plus(time);
    }

    void act() {
        act.run();
    }

    @Override
    public Calls calls() {
        return calls;
    }

    /** The current content of the table and the buckets. */
    RecordInvariants books() {
        return new RecordInvariants(table.items(), bytes);
    }
}
