package imageferry.bench.start;

import imageferry.aws.S3SnapshotStore;
import imageferry.bench.server.S3Server;
import imageferry.bench.store.SimulatedS3;
import imageferry.bench.store.StoredObject;
import imageferry.bench.timing.Calibration;
import imageferry.bench.timing.FaultRates;
import imageferry.bench.timing.RealTime;
import imageferry.bench.tool.Job;
import imageferry.copying.Copy;
import imageferry.copying.CopyScene;
import imageferry.ledger.Item;
import imageferry.snapshot.PartPlan;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Stub S3 and table for a function. The S3 answers at once, and both know two copies that were started. */
final class StubServices implements AutoCloseable {
    private static final Calibration INSTANT =
            new Calibration("INSTANT", 1e15, Duration.ZERO, Duration.ZERO, 1e6, FaultRates.NONE, 0);
    /** Plan of eight parts. */
    static final PartPlan SMALL = new PartPlan(8 * (5L << 20), 5L << 20);

    private static final long SEED = 20_261_125;

    private final PartPlan plan;
    private final S3Server s3;
    private final TableStub table;
    private final List<Copy> copies;

    /** @param plan of the disk that is copied */
    StubServices(PartPlan plan) throws IOException {
        this.plan = plan;
        var simulated = new SimulatedS3(INSTANT, new RealTime(), SEED);
        simulated.put(Job.source(), StoredObject.of(SEED, plan));
        this.s3 = new S3Server(simulated);
        var credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create("SIMULATED", "simulated"));
        try (var store = new S3SnapshotStore(Job.REGIONS, credentials, s3.endpoint())) {
            var scene = new CopyScene(store, new RealTime());
            this.copies = List.of(begun(scene), begun(scene));
            var items = new HashMap<String, Item>();
            copies.forEach(copy -> items.put("COPY#" + copy.id() + " COPY", scene.stored(copy)));
            this.table = new TableStub(items);
        }
    }

    private Copy begun(CopyScene scene) {
        var copy = scene.copying(Job.SOURCE, plan.partSizeBytes(), Job.TARGET_REGION);
        scene.start(copy);
        return copy;
    }

    /** Returns two events for the function that copies parts, each with all parts of one copy. */
    List<String> batches() {
        return copies.stream()
                .map(copy -> "{\"copyId\":\"%s\",\"batch\":{\"batch\":1,\"firstPart\":1,\"lastPart\":%d}}"
                        .formatted(copy.id(), plan.count()))
                .toList();
    }

    /** Returns the environment variables that the template and Lambda set. */
    Map<String, String> environment() {
        var all = new HashMap<>(S3Server.credentials());
        all.putAll(Map.of(
                "TABLE_NAME", "Imageferry",
                "REGIONS", "us-east-1,eu-west-1",
                "OPERATOR_ACCOUNT", "111111111111",
                "APPROVAL_ABOVE_BYTES", "536870912000",
                "SLOTS_PER_REGION", "5",
                "IMAGES_PER_REGION", "100",
                "COPIES_PER_REGION", "100",
                "SHARES_PER_IMAGE", "50",
                "COPY_WORKERS", "40"));
        all.putAll(Map.of(
                "ACCOUNT_REGIONAL_BUCKETS",
                "none",
                "INSTALLATION",
                "imageferry",
                "SLOTS_PER_ACCOUNT",
                "0",
                "BYTES_PER_MONTH",
                "0",
                "ALLOWED_CALLERS",
                "111111111111",
                "APPROVER_ARNS",
                "*"));
        all.put("AWS_ENDPOINT_URL_DYNAMODB", table.endpoint().toString());
        all.put("AWS_ENDPOINT_URL_S3", s3.endpoint().toString());
        return all;
    }

    @Override
    public void close() {
        s3.close();
        table.close();
    }
}
