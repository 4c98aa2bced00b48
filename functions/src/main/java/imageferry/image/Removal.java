package imageferry.image;

import static imageferry.ledger.Condition.all;
import static imageferry.ledger.Condition.exists;
import static imageferry.ledger.Condition.has;
import static imageferry.ledger.Condition.is;
import static imageferry.ledger.Condition.lacks;

import imageferry.id.ImageId;
import imageferry.ledger.Change;
import imageferry.ledger.Condition;
import imageferry.ledger.Index;
import imageferry.ledger.Key;
import imageferry.ledger.ListKeys;
import imageferry.ledger.Moments;
import imageferry.ledger.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The writes that begin and end the removal of an image, and those that lead into the bin and out of it. */
public final class Removal {
    private Removal() {}

    /**
     * Rules 4 and 10: from now on the image is visible to nobody. Its status, its name and its hold on the name must be
     * those that were read, and no rule may forbid its removal. All its shares must be removed in the same transaction,
     * so that it leaves the lists of their accounts with its owner's.
     *
     * @param force removes it from accounts and instances that use it, too
     */
    public static Write decided(Image image, boolean force, String by, Instant now) {
        return Write.update(ImageRecord.key(image.id()), removable(image, force), deleting(by, now));
    }

    /**
     * Rules 4 and 10: from now on only its owner sees the image, in the bin. The conditions are those of {@link #decided};
     * its shares must be hidden in the same transaction.
     *
     * @param force recycles it also while accounts or instances use it
     * @param purgeAt the time from which the sweeper deletes its bytes
     */
    public static Write recycled(Image image, boolean force, String by, Instant now, Instant purgeAt) {
        var changes = new ArrayList<>(
                ListKeys.onlyOfStatus(ImageRecord.listOf(image.owner()), image.region(), ImageStatus.RECYCLED));
        changes.addAll(List.of(
                Change.put(ImageRecord.STATUS_BEFORE, image.status()),
                Change.put(ImageRecord.RECYCLED_AT, now),
                Change.put(ImageRecord.PURGE_AT, purgeAt),
                Change.put(Index.ORIGIN.partitionAttribute(), ImageRecord.binOf(image.region())),
                Change.put(Index.ORIGIN.sortAttribute(), Moments.sortable(purgeAt) + "#" + image.id()),
                Change.remove(ImageRecord.RESERVES)));
        changes.addAll(changed(by, now));
        return Write.update(ImageRecord.key(image.id()), removable(image, force), changes);
    }

    /**
     * The image is deleted from the bin. Of a restore and a purge, the first one succeeds. All its shares must be removed in the
     * same transaction.
     */
    public static Write purged(Image image, String by, Instant now) {
        var changes = new ArrayList<>(deleting(by, now));
        changes.addAll(outOfBin());
        return Write.update(ImageRecord.key(image.id()), inBin(image), changes);
    }

    /**
     * The image has its former status again. Its shares must be shown again, and its name and place taken, in the same
     * transaction.
     *
     * @param after the image as it is restored
     */
    public static Write restored(Image before, Image after, String by, Instant now) {
        var changes = new ArrayList<>(
                ImageRecord.listKeys(ImageRecord.listOf(after.owner()), after).changes());
        changes.addAll(outOfBin());
        changes.addAll(changed(by, now));
        changes.addAll(List.of(
                Change.put(ImageRecord.STATUS, after.status()),
                Change.put(ImageRecord.NAME, after.name()),
                Change.put(ImageRecord.RESERVES, true),
                Change.add(ImageRecord.REVISION, 1)));
        return Write.update(ImageRecord.key(before.id()), inBin(before), changes);
    }

    /** Hides an image's entry in the list of another account. */
    public static Write entryHidden(Key key) {
        var changes = new ArrayList<>(ListKeys.removed());
        changes.add(Change.put(ImageRecord.STATUS, ImageStatus.RECYCLED));
        return Write.update(key, exists(), changes);
    }

    /** Shows a restored image's entry in the list of another account again. */
    public static Write entryRestored(Key key, String list, Image image) {
        var changes = new ArrayList<>(ImageRecord.listKeys(list, image).changes());
        changes.add(Change.put(ImageRecord.STATUS, image.status()));
        changes.add(Change.put(ImageRecord.NAME, image.name()));
        return Write.update(key, exists(), changes);
    }

    /** Removes the record, after the bytes and shares. */
    public static Write done(ImageId id) {
        return Write.delete(ImageRecord.key(id), is(ImageRecord.STATUS, ImageStatus.DELETING));
    }

    private static Condition removable(Image image, boolean force) {
        var idle = all(
                is(ImageRecord.STATUS, image.status()),
                is(ImageRecord.NAME, image.name()),
                image.uses().reserves() ? has(ImageRecord.RESERVES) : lacks(ImageRecord.RESERVES),
                lacks(ImageRecord.COPYING_TO),
                is(ImageRecord.PUBLICATION, Image.Publication.PRIVATE),
                new Condition.FlagIs(ImageRecord.PROTECTED, false));
        return force
                ? all(idle, sharedAsRead(image))
                : all(
                        idle,
                        new Condition.NumberIs(ImageRecord.SHARE_COUNT, 0),
                        new Condition.LessThan(ImageRecord.INSTANCE_COUNT, 1));
    }

    private static Condition inBin(Image image) {
        return all(
                is(ImageRecord.STATUS, ImageStatus.RECYCLED),
                new Condition.FlagIs(ImageRecord.PROTECTED, false),
                new Condition.NumberIs(ImageRecord.REVISION, image.uses().revision()),
                sharedAsRead(image));
    }

    private static Condition sharedAsRead(Image image) {
        return new Condition.NumberIs(ImageRecord.SHARE_COUNT, image.uses().shareCount());
    }

    private static List<Change> deleting(String by, Instant now) {
        var changes = new ArrayList<>(ListKeys.removed());
        changes.addAll(List.of(
                Change.put(ImageRecord.STATUS, ImageStatus.DELETING),
                Change.remove(ImageRecord.RESERVES),
                Change.put(Index.UNFINISHED.partitionAttribute(), ImageRecord.UNFINISHED)));
        changes.addAll(changed(by, now));
        return changes;
    }

    private static List<Change> outOfBin() {
        return List.of(
                Change.remove(ImageRecord.STATUS_BEFORE),
                Change.remove(ImageRecord.RECYCLED_AT),
                Change.remove(ImageRecord.PURGE_AT),
                Change.remove(Index.ORIGIN.partitionAttribute()),
                Change.remove(Index.ORIGIN.sortAttribute()));
    }

    private static List<Change> changed(String by, Instant now) {
        return List.of(Change.put(ImageRecord.CHANGED_BY, by), Change.put(ImageRecord.CHANGED_AT, now));
    }
}
