package imageferry.bucket;

import imageferry.copying.ending.ImagesOfRegion;
import imageferry.ownership.Ownership;
import imageferry.region.Region;
import imageferry.rule.Count;
import imageferry.snapshot.Blob;
import imageferry.snapshot.StoredBlob;

/** Makes a bucket this installation's whose snapshots are all in its table. */
public record AdoptBucket(Ownership ownership, ImagesOfRegion imagesOfRegion) {
    /** Refused while the bucket has objects that this table does not know: they may be another installation's. */
    public Decision adopt(Region region, Confirmation confirmation) {
        var unknown = imagesOfRegion.unknown(region);
        if (!unknown.isEmpty()) {
            return Decision.refused(
                    unknown,
                    "The bucket of " + region + " has " + Count.of(unknown.size(), "object")
                            + " that the table does not know. Find out whose they are, and delete or move them first");
        }
        var snapshots = ownership.store().list(region, Blob.SNAPSHOTS).stream()
                .map(StoredBlob::blob)
                .toList();
        var done = confirmation.isOf(snapshots.size());
        if (done) {
            ownership.adopt(region);
        }
        var message = "The bucket of " + region + " has " + Count.of(snapshots.size(), "snapshot")
                + (done
                        ? " and belongs to this installation now"
                        : " and its owner is: " + ownership.of(region) + confirmation.next(snapshots.size()));
        return Decision.of(done, snapshots, message);
    }
}
