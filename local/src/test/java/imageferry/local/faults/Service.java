package imageferry.local.faults;

import imageferry.account.AccountId;
import imageferry.account.Caller;
import imageferry.copying.Executions;
import imageferry.function.ApiWiring;
import imageferry.function.App;
import imageferry.function.EventWiring;
import imageferry.function.TestApp;
import imageferry.function.WorkflowWiring;
import imageferry.ledger.Ledger;
import imageferry.region.Region;
import imageferry.snapshot.SnapshotStore;
import java.time.InstantSource;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Every use case over the same ports. There are three regions, and copies above 10,000 bytes need approval. */
final class Service {
    static final Region HOME = new Region("us-east-1");
    static final Region AWAY = new Region("eu-west-1");
    static final Region FAR = new Region("ap-south-1");
    static final long APPROVAL_ABOVE = 10_000;

    final App app;
    final ApiWiring api;
    final WorkflowWiring workflow;
    final EventWiring events;

    /** @param slotsPerRegion the number of copies that may move bytes into one region at once */
    Service(
            Ledger ledger,
            SnapshotStore store,
            Executions executions,
            InstantSource clock,
            RandomGenerator random,
            long approvalAbove,
            long slotsPerRegion) {
        var variables = Map.of(
                "REGIONS",
                HOME + "," + AWAY + "," + FAR,
                "APPROVAL_ABOVE_BYTES",
                Long.toString(approvalAbove),
                "SLOTS_PER_REGION",
                Long.toString(slotsPerRegion));
        app = TestApp.over(variables, ledger, store, executions, TestApp.NONE, clock, random);
        api = app.forApi();
        workflow = app.forWorkflow();
        events = app.forEvents();
    }

    static Caller caller(String account) {
        return new Caller(new AccountId(account), "arn:aws:iam::" + account + ":user/tester", false);
    }
}
