package imageferry.image;

import static imageferry.ledger.Condition.all;
import static imageferry.ledger.Condition.has;

import imageferry.account.AccountId;
import imageferry.ledger.Change;
import imageferry.ledger.Condition;
import imageferry.ledger.Item;
import imageferry.ledger.Write;
import imageferry.region.Region;
import imageferry.rule.Code;
import imageferry.rule.Count;
import imageferry.rule.Violation;
import java.util.Optional;

/**
 * An account's use of a region. Both numbers are stored in one item, so that each target of a request adds one write to
 * its transaction and not two.
 *
 * @param images that hold their name, from the request of their copy on
 * @param runningCopies copies, imports and retries into the region that have not ended
 * @param recycled images in the bin, which hold no place among the images
 */
public record Quota(long images, long runningCopies, long recycled) {
    static final Quota NOTHING = new Quota(0, 0, 0);

    private static final String IMAGES = "count";
    private static final String RUNNING = "running";
    private static final String RECYCLED = "recycled";

    /** Reads the item that caused {@link #taken} to be refused. */
    public static Quota of(Item item) {
        return new Quota(
                item.maybeNumber(IMAGES).orElse(0L),
                item.maybeNumber(RUNNING).orElse(0L),
                item.maybeNumber(RECYCLED).orElse(0L));
    }

    /** Rule 3: a copy begins, and neither quota per account and region is ever exceeded. */
    public static Write taken(AccountId owner, Region region, long mostImages, long mostRunningCopies) {
        return Write.update(
                ImageRecord.quotaKey(owner, region),
                all(new Condition.LessThan(IMAGES, mostImages), new Condition.LessThan(RUNNING, mostRunningCopies)),
                Change.add(IMAGES, 1),
                Change.add(RUNNING, 1));
    }

    /** The copy ended with an image, which keeps its place. */
    public static Write runReturned(AccountId owner, Region region) {
        return Write.update(ImageRecord.quotaKey(owner, region), has(RUNNING), Change.add(RUNNING, -1));
    }

    /** The copy ended without an image. */
    public static Write returned(AccountId owner, Region region) {
        return Write.update(
                ImageRecord.quotaKey(owner, region),
                all(has(IMAGES), has(RUNNING)),
                Change.add(IMAGES, -1),
                Change.add(RUNNING, -1));
    }

    /** The image is deleted, long after its copy ended. */
    public static Write imageReturned(AccountId owner, Region region) {
        return Write.update(ImageRecord.quotaKey(owner, region), has(IMAGES), Change.add(IMAGES, -1));
    }

    /** The image gives back its place, if it has one, and takes one in the bin, while the bin has room. */
    public static Write recycled(Image image, long mostRecycled) {
        var key = ImageRecord.quotaKey(image.owner(), image.region());
        var room = new Condition.LessThan(RECYCLED, mostRecycled);
        return image.uses().reserves()
                ? Write.update(key, all(has(IMAGES), room), Change.add(IMAGES, -1), Change.add(RECYCLED, 1))
                : Write.update(key, room, Change.add(RECYCLED, 1));
    }

    /** Rule 3: the image leaves the bin and takes a place among the images again. */
    public static Write restored(AccountId owner, Region region, long mostImages) {
        return Write.update(
                ImageRecord.quotaKey(owner, region),
                all(has(RECYCLED), new Condition.LessThan(IMAGES, mostImages)),
                Change.add(IMAGES, 1),
                Change.add(RECYCLED, -1));
    }

    /** The image leaves the bin with its bytes. */
    public static Write purged(AccountId owner, Region region) {
        return Write.update(ImageRecord.quotaKey(owner, region), has(RECYCLED), Change.add(RECYCLED, -1));
    }

    /** Rule 3: the violation when one image more would exceed the quota. */
    public Optional<Violation> requiresRoom(AccountId owner, Region region, long mostImages) {
        return Violation.when(
                images >= mostImages,
                Code.IMAGE_QUOTA,
                "region",
                region,
                owner + " has " + images + " of the " + Count.of(mostImages, "image") + " that it may have in " + region
                        + "; delete one, or ask the operator for more");
    }
}
