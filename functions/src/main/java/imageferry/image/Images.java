package imageferry.image;

import static imageferry.ledger.Condition.all;
import static imageferry.ledger.Condition.has;
import static imageferry.ledger.Condition.is;
import static imageferry.ledger.Condition.oneOf;

import imageferry.account.AccountId;
import imageferry.account.Caller;
import imageferry.id.CopyId;
import imageferry.id.ImageId;
import imageferry.ledger.Change;
import imageferry.ledger.Condition;
import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.ledger.Ledger;
import imageferry.ledger.Moments;
import imageferry.ledger.Query;
import imageferry.ledger.Write;
import imageferry.region.Region;
import imageferry.rule.Code;
import imageferry.rule.Violation;
import imageferry.snapshot.Checksum;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The images, and the writes that move them from one status to the next. Each write carries the condition that makes it
 * legal; use cases put several of them into one transaction.
 */
public final class Images {
    private final Ledger ledger;

    public Images(Ledger ledger) {
        this.ledger = ledger;
    }

    /** The image of that id, whoever owns it and whatever its status. */
    public Optional<Image> find(ImageId id) {
        return ledger.read(ImageRecord.key(id)).map(ImageRecord::image);
    }

    /** Those of the images that exist; at most 100. */
    public List<Image> find(Collection<ImageId> ids) {
        var found = ledger.read(ids.stream().map(ImageRecord::key).toList());
        return ids.stream()
                .map(ImageRecord::key)
                .filter(found::containsKey)
                .map(found::get)
                .map(ImageRecord::image)
                .toList();
    }

    /** Some of an owner's images in a region. */
    public Listing ownedBy(AccountId owner, Region region, int limit, Optional<String> after) {
        return list(Query.Index.LISTS, ImageRecord.listOf(owner, region), limit, after);
    }

    /** Some of the images of a region that everybody sees. */
    public Listing published(Region region, int limit, Optional<String> after) {
        return list(Query.Index.TABLE, ImageRecord.publicListOf(region), limit, after);
    }

    private Listing list(Query.Index index, String partition, int limit, Optional<String> after) {
        var query = Query.newestFirst(index, partition, limit);
        return Listing.of(ledger.query(after.map(query::before).orElse(query)), index);
    }

    /** Images that are being removed and were last touched before that time, oldest first. */
    public List<Image> beingRemoved(Instant changedBefore, int limit) {
        var query = new Query(
                Query.Index.UNFINISHED,
                ImageRecord.UNFINISHED,
                "",
                Optional.of(Moments.sortable(changedBefore)),
                false,
                limit,
                Optional.empty());
        return ledger.query(query).items().stream().map(ImageRecord::image).toList();
    }

    /** How much of a region an owner holds. */
    public Quota quota(AccountId owner, Region region) {
        return ledger.read(ImageRecord.quotaKey(owner, region)).map(Quota::of).orElse(Quota.NOTHING);
    }

    /** Whether an owner's image of that region holds the name. */
    public boolean taken(AccountId owner, Region region, ImageName name) {
        return ledger.read(ImageRecord.nameKey(owner, region, name)).isPresent();
    }

    /** The item that carries the image; other subjects count on it within their own transactions. */
    public static Key key(ImageId id) {
        return ImageRecord.key(id);
    }

    public static Write created(Image image) {
        return Write.create(ImageRecord.key(image.id()), ImageRecord.item(image));
    }

    /** Rule 3: a name is held by one image of an owner and region at a time. */
    public static Write nameReserved(Image image) {
        return Write.create(
                ImageRecord.nameKey(image.owner(), image.region(), image.name()),
                Item.empty().with("imageId", image.id()));
    }

    public static Write nameReleased(Image image) {
        return Write.delete(
                ImageRecord.nameKey(image.owner(), image.region(), image.name()), is("imageId", image.id()));
    }

    /** The image is on the list of those that everybody sees in its region. */
    static Write listedForAll(Image image) {
        return Write.create(ImageRecord.publicKey(image), Item.empty().with("imageId", image.id()));
    }

    static Write listedForAllNoMore(Image image) {
        return Write.delete(ImageRecord.publicKey(image), is("imageId", image.id()));
    }

    /** The answer to whoever asks for a name that another of their images holds. */
    public static Violation duplicate(ImageName name, Region region) {
        return Violation.of(
                Code.IMAGE_NAME_DUPLICATED,
                "name",
                name,
                "You have an image named " + name + " in " + region + " already; choose another name");
    }

    /** Rule 4: the source is locked by the set of running copies; only an available image can be locked. */
    public static Write lockedBy(ImageId source, AccountId owner, Collection<CopyId> copies) {
        return Write.update(
                ImageRecord.key(source),
                all(
                        is("status", ImageStatus.AVAILABLE),
                        is("owner", owner),
                        is("publication", Image.Publication.PRIVATE)),
                Change.include("copyingTo", copies));
    }

    /** Rule 4: the first copy to end must not unlock for the others. */
    public static Write unlockedBy(ImageId source, CopyId copy) {
        return Write.update(ImageRecord.key(source), Condition.exists(), Change.exclude("copyingTo", copy));
    }

    /** Its copy has a slot now. */
    public static Write creating(ImageId id, Instant now) {
        return Write.update(
                ImageRecord.key(id),
                is("status", ImageStatus.WAITING),
                Change.put("status", ImageStatus.CREATING),
                Change.put("changedBy", Caller.WORKFLOW),
                Change.put("changedAt", now));
    }

    public static Write available(ImageId id, Checksum checksum, Instant now) {
        return Write.update(
                ImageRecord.key(id),
                is("status", ImageStatus.CREATING),
                Change.put("status", ImageStatus.AVAILABLE),
                Change.put("checksum", checksum.value()),
                Change.put("partSizeBytes", checksum.partSizeBytes()),
                Change.put("changedBy", Caller.WORKFLOW),
                Change.put("changedAt", now));
    }

    /**
     * Its copy was cancelled or failed: it stays listed but never becomes usable, and gives back what it reserved.
     *
     * @param by who ended the copy
     */
    public static Write ended(ImageId id, ImageStatus status, String by, Instant now) {
        return Write.update(
                ImageRecord.key(id),
                all(oneOf("status", ImageStatus.WAITING, ImageStatus.CREATING), has("reserves")),
                Change.put("status", status),
                Change.remove("reserves"),
                Change.put("changedBy", by),
                Change.put("changedAt", now));
    }

    /** Rule 8: one more instance boots from it; it must still be usable, and as private or public as it was when read. */
    public static Write used(Image image) {
        return Write.update(ImageRecord.key(image.id()), usableStill(image), Change.add("instanceCount", 1));
    }

    /** Rule 8: what {@link #used} asks, for an instance that is counted already. */
    public static Write stillUsable(Image image) {
        return Write.check(ImageRecord.key(image.id()), usableStill(image));
    }

    private static Condition usableStill(Image image) {
        return all(
                oneOf("status", ImageStatus.AVAILABLE, ImageStatus.DEPRECATED), is("publication", image.publication()));
    }

    public static Write unused(ImageId id) {
        return Write.update(ImageRecord.key(id), Condition.exists(), Change.add("instanceCount", -1));
    }
}
