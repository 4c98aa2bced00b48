package imageferry.bench.tool;

import imageferry.aws.S3SnapshotStore;
import imageferry.bench.timing.RealTime;
import imageferry.copying.transfer.Pause;
import imageferry.snapshot.Blob;
import imageferry.snapshot.PartCopy;
import imageferry.snapshot.SnapshotStore;
import imageferry.snapshot.UploadGone;
import imageferry.snapshot.UploadId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Runs our engine over HTTP, with a store for each worker, as each Lambda function has its own. */
public final class Imageferry {
    private Imageferry() {}

    /** @param begin called when all workers are warm */
    public static Engine.Work copy(Job job, Runnable begin) throws InterruptedException {
        var stores = stores(job);
        try {
            warm(stores);
            begin.run();
            var random = new Random();
            var engine = new Engine(stores::get, new RealTime(), Pause.jittered(random), random);
            engine.copy(Job.SOURCE, job.plan().partSizeBytes(), Job.TARGET_REGION);
            return engine.work();
        } finally {
            stores.forEach(S3SnapshotStore::close);
        }
    }

    private static List<S3SnapshotStore> stores(Job job) {
        var credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create("SIMULATED", "simulated"));
        var stores = new ArrayList<S3SnapshotStore>();
        for (var worker = 0; worker < Engine.WORKERS; worker++) {
            stores.add(new S3SnapshotStore(Job.REGIONS, credentials, job.endpoint()));
        }
        return stores;
    }

    /** Creates the clients that look and that copy, as a function has them after its first call. */
    private static void warm(List<? extends SnapshotStore> stores) {
        for (var store : stores) {
            store.look(Job.SOURCE);
            try {
                store.copyPart(new PartCopy(
                        Job.SOURCE,
                        "none",
                        new Blob(Job.TARGET_REGION, "snapshots/none"),
                        new UploadId("none"),
                        1,
                        1,
                        null));
            } catch (UploadGone _) {
                // As expected: there is no such upload.
            }
        }
    }
}
