package imageferry.snapshot;

import imageferry.id.SnapshotId;
import imageferry.region.Region;

/** The place of bytes: an object's key in a region's bucket. */
public record Blob(Region region, String key) {
    /** The prefix of every snapshot's key. */
    public static final String SNAPSHOTS = "snapshots/";

    public static Blob of(Region region, SnapshotId snapshot) {
        return new Blob(region, SNAPSHOTS + snapshot);
    }

    /** The object with the id of the table that the region's bucket belongs to. */
    public static Blob ledger(Region region) {
        return new Blob(region, "ledger");
    }

    @Override
    public String toString() {
        return key + " in " + region;
    }
}
