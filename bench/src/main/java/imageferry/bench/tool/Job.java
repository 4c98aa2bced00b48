package imageferry.bench.tool;

import imageferry.account.AccountId;
import imageferry.bench.store.SimulatedS3.Place;
import imageferry.region.Region;
import imageferry.region.Regions;
import imageferry.snapshot.Blob;
import imageferry.snapshot.PartBatch;
import imageferry.snapshot.PartPlan;
import java.net.URI;
import java.util.List;

/**
 * Copy that a tool makes.
 *
 * @param plan our planner's parts of the object, which are also the parts of the source's upload
 */
public record Job(URI endpoint, PartPlan plan) {
    public static final Region SOURCE_REGION = new Region("us-east-1");
    public static final Region TARGET_REGION = new Region("eu-west-1");
    public static final Regions REGIONS =
            new Regions("imageferry", new AccountId("111111111111"), List.of(SOURCE_REGION, TARGET_REGION));
    public static final Blob SOURCE = new Blob(SOURCE_REGION, "snapshots/source");

    /** Returns the streams that our plan keeps busy. */
    public int width() {
        return Math.min(Engine.WORKERS * PartBatch.STREAMS, plan.count());
    }

    /** Returns bucket and key of the source. */
    public static Place source() {
        return new Place(REGIONS.bucket(SOURCE_REGION), SOURCE.key());
    }

    /** Returns the target of a peer. Our engine chooses its own key. */
    public static Place target() {
        return new Place(REGIONS.bucket(TARGET_REGION), "snapshots/target");
    }
}
