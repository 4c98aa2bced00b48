package imageferry.image;

import static imageferry.ledger.Condition.all;
import static imageferry.ledger.Condition.has;
import static imageferry.ledger.Condition.is;
import static imageferry.ledger.Condition.lacks;

import imageferry.id.ImageId;
import imageferry.ledger.Change;
import imageferry.ledger.Condition;
import imageferry.ledger.ListKeys;
import imageferry.ledger.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The writes that begin and end the removal of an image. */
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
        var idle = all(
                is(ImageRecord.STATUS, image.status()),
                is(ImageRecord.NAME, image.name()),
                image.uses().reserves() ? has(ImageRecord.RESERVES) : lacks(ImageRecord.RESERVES),
                lacks(ImageRecord.COPYING_TO),
                is(ImageRecord.PUBLICATION, Image.Publication.PRIVATE),
                new Condition.FlagIs(ImageRecord.PROTECTED, false));
        var changes = new ArrayList<>(ListKeys.removed());
        changes.addAll(List.of(
                Change.put(ImageRecord.STATUS, ImageStatus.DELETING),
                Change.remove(ImageRecord.RESERVES),
                Change.put("unfinished", ImageRecord.UNFINISHED),
                Change.put(ImageRecord.CHANGED_BY, by),
                Change.put(ImageRecord.CHANGED_AT, now)));
        return Write.update(
                ImageRecord.key(image.id()),
                force
                        ? all(
                                idle,
                                new Condition.NumberIs(
                                        ImageRecord.SHARE_COUNT, image.uses().shareCount()))
                        : all(
                                idle,
                                new Condition.NumberIs(ImageRecord.SHARE_COUNT, 0),
                                new Condition.LessThan(ImageRecord.INSTANCE_COUNT, 1)),
                changes);
    }

    /** Removes the record, after the bytes and shares. */
    public static Write done(ImageId id) {
        return Write.delete(ImageRecord.key(id), is(ImageRecord.STATUS, ImageStatus.DELETING));
    }
}
