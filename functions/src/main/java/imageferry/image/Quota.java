package imageferry.image;

import static imageferry.ledger.Condition.all;
import static imageferry.ledger.Condition.has;

import imageferry.account.AccountId;
import imageferry.ledger.Change;
import imageferry.ledger.Condition;
import imageferry.ledger.Item;
import imageferry.ledger.Write;
import imageferry.region.Region;

/**
 * An account's use of a region. Both numbers are stored in one item, so that each target of a request adds one write to
 * its transaction and not two.
 *
 * @param images that hold their name, from the request of their copy on
 * @param runningCopies copies, imports and retries into the region that have not ended
 */
public record Quota(long images, long runningCopies) {
    static final Quota NOTHING = new Quota(0, 0);

    private static final String IMAGES = "count";
    private static final String RUNNING = "running";

    /** Reads the item that caused {@link #taken} to be refused. */
    public static Quota of(Item item) {
        return new Quota(
                item.maybeNumber(IMAGES).orElse(0L), item.maybeNumber(RUNNING).orElse(0L));
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
}
