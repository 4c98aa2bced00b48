package imageferry.image;

import static imageferry.ledger.Condition.all;
import static imageferry.ledger.Condition.exists;
import static imageferry.ledger.Condition.has;
import static imageferry.ledger.Condition.is;
import static imageferry.ledger.Condition.lacks;

import imageferry.ledger.Change;
import imageferry.ledger.Condition;
import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.ledger.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/**
 * An owner's change of an image: the image before and after, and the writes between the two. They happen only to the revision
 * that was read, so that owners who change an image at once do not undo each other.
 */
public record Revision(Image before, Image after) {
    public boolean changesNothing() {
        return before.equals(after);
    }

    /** Returns the image after the writes. */
    public Image kept() {
        return changesNothing() ? after : after.atRevision(before.uses().revision() + 1);
    }

    public boolean renames() {
        return !before.name().equals(after.name());
    }

    /** Returns whether the image must reserve its new name; a failed image holds no name. */
    public boolean reserves() {
        return renames() && before.uses().reserves();
    }

    public boolean publishes() {
        return !before.published() && after.published();
    }

    private boolean withdraws() {
        return before.published() && !after.published();
    }

    private boolean offersOtherwise() {
        return before.publication() != after.publication()
                || !Objects.equals(before.terms().productCode(), after.terms().productCode());
    }

    public boolean deprecates() {
        return before.status() != after.status() && after.status() == ImageStatus.DEPRECATED;
    }

    /**
     * Rules 1 and 8: returns whether the change makes the image one that cannot be copied, so that no copy of it may
     * run.
     */
    public boolean endsCopying() {
        return publishes() || deprecates();
    }

    /** The author and the time of the change, kept with the image and published with the change. */
    public Write revised(String by, Instant now) {
        var changes = differences(ImageRecord.item(before), ImageRecord.item(after));
        changes.add(Change.add(ImageRecord.REVISION, 1));
        changes.add(Change.put(ImageRecord.CHANGED_BY, by));
        changes.add(Change.put(ImageRecord.CHANGED_AT, now));
        return Write.update(ImageRecord.key(before.id()), stillAsRead(), changes);
    }

    /**
     * Changes to the image's entry on a list of images that are not published.
     *
     * @param key of the entry, which must be there
     */
    public Write revisedEntry(Key key, String list) {
        return Write.update(key, exists(), differences(privately(list, before), privately(list, after)));
    }

    private static Item privately(String list, Image image) {
        return image.published() ? ImageRecord.facts(image) : ImageRecord.entry(list, image);
    }

    private static List<Change> differences(Item before, Item after) {
        var names = new TreeSet<>(before.attributes().keySet());
        names.addAll(after.attributes().keySet());
        var changes = new ArrayList<Change>();
        for (var name : names) {
            var value = after.attributes().get(name);
            if (value == null) {
                changes.add(Change.remove(name));
            } else if (!value.equals(before.attributes().get(name))) {
                changes.add(Change.put(name, value));
            }
        }
        return changes;
    }

    private Condition stillAsRead() {
        var asked = new ArrayList<Condition>();
        asked.add(is(ImageRecord.STATUS, before.status()));
        asked.add(new Condition.NumberIs(ImageRecord.REVISION, before.uses().revision()));
        asked.add(new Condition.NumberIs(ImageRecord.SHARE_COUNT, before.uses().shareCount()));
        if (renames()) {
            asked.add(is(ImageRecord.NAME, before.name()));
            asked.add(before.uses().reserves() ? has(ImageRecord.RESERVES) : lacks(ImageRecord.RESERVES));
        }
        if (offersOtherwise()) {
            asked.add(is(ImageRecord.PUBLICATION, before.publication()));
        }
        if (endsCopying()) {
            asked.add(lacks(ImageRecord.COPYING_TO));
        }
        return all(asked.toArray(Condition[]::new));
    }

    /** Writes that belong to the transaction of {@link #revised}. */
    public List<Write> besides() {
        var writes = new ArrayList<Write>();
        if (reserves()) {
            writes.add(Images.nameReserved(after));
            writes.add(Images.nameReleased(before));
        }
        if (publishes()) {
            writes.add(Images.listedForAll(after));
        }
        if (before.published() && after.published()) {
            writes.add(Write.update(
                    ImageRecord.publicKey(before.id()),
                    exists(),
                    differences(
                            ImageRecord.entry(ImageRecord.PUBLIC, before),
                            ImageRecord.entry(ImageRecord.PUBLIC, after))));
        }
        if (withdraws()) {
            writes.add(Images.listedForAllNoMore(before));
        }
        return writes;
    }
}
