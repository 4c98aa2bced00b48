package imageferry.image;

import static imageferry.ledger.Condition.all;
import static imageferry.ledger.Condition.has;
import static imageferry.ledger.Condition.is;
import static imageferry.ledger.Condition.lacks;
import static imageferry.ledger.Condition.oneOf;

import imageferry.account.AccountId;
import imageferry.account.Caller;
import imageferry.id.CopyId;
import imageferry.id.ImageId;
import imageferry.ledger.Change;
import imageferry.ledger.Condition;
import imageferry.ledger.Index;
import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.ledger.Ledger;
import imageferry.ledger.ListKeys;
import imageferry.ledger.Moments;
import imageferry.ledger.Query;
import imageferry.ledger.Write;
import imageferry.region.Region;
import imageferry.rule.Code;
import imageferry.rule.Violation;
import imageferry.snapshot.Checksum;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Images, and the writes that move them from one status to the next. Each write carries the condition that makes it
 * legal; use cases put several of them into one transaction.
 */
public final class Images {
    private final Ledger ledger;

    public Images(Ledger ledger) {
        this.ledger = ledger;
    }

    /** The image of that id, of any owner and in any status. */
    public Optional<Image> find(ImageId id) {
        return ledger.read(ImageRecord.key(id)).map(ImageRecord::image);
    }

    /** Returns the existing ones of these images; at most 100. */
    public List<Image> find(Collection<ImageId> ids) {
        var found = ledger.read(ids.stream().map(ImageRecord::key).toList());
        return ids.stream()
                .map(ImageRecord::key)
                .filter(found::containsKey)
                .map(found::get)
                .map(ImageRecord::image)
                .toList();
    }

    public Listing ownedBy(AccountId owner, Listing.Part part) {
        return Listing.read(ledger, ImageRecord.listOf(owner), part, ImageRecord::key);
    }

    /** Some of the images that everybody sees. */
    public Listing published(Listing.Part part) {
        return Listing.read(ledger, ImageRecord.PUBLIC, part, ImageRecord::publicKey);
    }

    /** The image as an entry of another list, which other subjects keep. */
    public static Item entry(String list, Image image) {
        return ImageRecord.entry(list, image);
    }

    /** Images that are being removed and were last touched before that time, oldest first. */
    public List<Image> beingRemoved(Instant changedBefore, int limit) {
        var query = Query.ascending(Index.UNFINISHED, ImageRecord.UNFINISHED, limit)
                .before(Moments.sortable(changedBefore));
        return ledger.query(query).items().stream().map(ImageRecord::image).toList();
    }

    /** The recycled images of a region whose purge is due at that time, the longest overdue first. The index may lag behind. */
    public List<Image> due(Region region, Instant now, int limit) {
        return ledger
                .query(Query.ascending(Index.ORIGIN, ImageRecord.binOf(region), limit)
                        .before(Moments.sortable(now)))
                .items()
                .stream()
                .map(ImageRecord::image)
                .toList();
    }

    public Quota quota(AccountId owner, Region region) {
        return ledger.read(ImageRecord.quotaKey(owner, region)).map(Quota::of).orElse(Quota.NOTHING);
    }

    /** Returns whether an owner's image of that region holds the name. */
    public boolean taken(AccountId owner, Region region, ImageName name) {
        return holder(owner, region, name).isPresent();
    }

    /** The owner's image of that region that holds the name. */
    public Optional<ImageId> holder(AccountId owner, Region region, ImageName name) {
        return ledger.read(ImageRecord.nameKey(owner, region, name)).map(item -> new ImageId(item.text("imageId")));
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
                ImageRecord.nameKey(image.owner(), image.region(), image.name()), is(ImageRecord.IMAGE_ID, image.id()));
    }

    /** The image's name and its place in the quotas pass over to another one, which does not take any. */
    public static Write handedOver(Image image) {
        return Write.update(
                ImageRecord.key(image.id()),
                all(oneOf(ImageRecord.STATUS, ImageStatus.WAITING, ImageStatus.CREATING), has(ImageRecord.RESERVES)),
                Change.remove(ImageRecord.RESERVES));
    }

    /** The name that one image holds is the other one's from now on. */
    public static Write nameHandedOver(Image image, Image next) {
        return Write.update(
                ImageRecord.nameKey(image.owner(), image.region(), image.name()),
                is(ImageRecord.IMAGE_ID, image.id()),
                Change.put("imageId", next.id()));
    }

    /** The image is on the list of those that everybody sees. */
    static Write listedForAll(Image image) {
        return Write.create(ImageRecord.publicKey(image.id()), ImageRecord.entry(ImageRecord.PUBLIC, image));
    }

    static Write listedForAllNoMore(Image image) {
        return Write.delete(ImageRecord.publicKey(image.id()), Condition.exists());
    }

    /** The violation of a request for a name that another image of the owner holds. */
    public static Violation duplicate(ImageName name, Region region) {
        return Violation.of(
                Code.IMAGE_NAME_DUPLICATED,
                "name",
                name,
                "You already have an image named " + name + " in " + region + "; choose another name");
    }

    /** Rule 4: the source is locked by the set of running copies; only an available image can be locked. */
    public static Write lockedBy(ImageId source, AccountId owner, Collection<CopyId> copies) {
        return Write.update(
                ImageRecord.key(source),
                all(
                        is(ImageRecord.STATUS, ImageStatus.AVAILABLE),
                        is(ImageRecord.OWNER, owner),
                        is(ImageRecord.PUBLICATION, Image.Publication.PRIVATE)),
                Change.include(ImageRecord.COPYING_TO, copies));
    }

    /** Rule 4: the first copy to end must not unlock for the others. */
    public static Write unlockedBy(ImageId source, CopyId copy) {
        return Write.update(ImageRecord.key(source), Condition.exists(), Change.exclude(ImageRecord.COPYING_TO, copy));
    }

    /**
     * An image that is being made, as its copy knows it: neither changes while it is made.
     *
     * @param owner the account that lists it
     */
    public record Target(ImageId id, AccountId owner, Region region) {
        private Write becomes(ImageStatus status, Condition condition, String by, Instant now, Change... besides) {
            var changes = new ArrayList<>(ListKeys.status(ImageRecord.listOf(owner), region, status));
            changes.addAll(List.of(besides));
            changes.add(Change.put(ImageRecord.CHANGED_BY, by));
            changes.add(Change.put(ImageRecord.CHANGED_AT, now));
            return Write.update(ImageRecord.key(id), condition, changes);
        }
    }

    /** Marks the image as being created, as its copy has a slot now. */
    public static Write creating(Target image, Instant now) {
        return image.becomes(ImageStatus.CREATING, is(ImageRecord.STATUS, ImageStatus.WAITING), Caller.WORKFLOW, now);
    }

    public static Write available(Target image, Checksum checksum, Instant now) {
        return image.becomes(
                ImageStatus.AVAILABLE,
                is(ImageRecord.STATUS, ImageStatus.CREATING),
                Caller.WORKFLOW,
                now,
                Change.put("checksum", checksum.value()),
                Change.put("partSizeBytes", checksum.partSizeBytes()));
    }

    /**
     * Its copy was cancelled or failed: it stays listed but never becomes usable, and gives back its reserved name and
     * quota.
     *
     * @param reserves whether it still did when it was read; another one may have taken its name and its place over
     * @param by the principal that ended the copy
     */
    public static Write ended(Target image, boolean reserves, ImageStatus status, String by, Instant now) {
        return image.becomes(
                status,
                all(
                        oneOf(ImageRecord.STATUS, ImageStatus.WAITING, ImageStatus.CREATING),
                        reserves ? has(ImageRecord.RESERVES) : lacks(ImageRecord.RESERVES)),
                by,
                now,
                Change.remove(ImageRecord.RESERVES));
    }

    /** Rule 8: one more instance boots from it; it must still be usable, and as private or public as it was when read. */
    public static Write used(Image image) {
        return Write.update(ImageRecord.key(image.id()), usableStill(image), Change.add(ImageRecord.INSTANCE_COUNT, 1));
    }

    /** Rule 8: the conditions of {@link #used}, for an instance that is counted already. */
    public static Write stillUsable(Image image) {
        return Write.check(ImageRecord.key(image.id()), usableStill(image));
    }

    private static Condition usableStill(Image image) {
        return all(
                oneOf(ImageRecord.STATUS, ImageStatus.AVAILABLE, ImageStatus.DEPRECATED),
                is(ImageRecord.PUBLICATION, image.publication()));
    }

    public static Write unused(ImageId id) {
        return Write.update(ImageRecord.key(id), Condition.exists(), Change.add(ImageRecord.INSTANCE_COUNT, -1));
    }
}
