package imageferry.image;

import static imageferry.ledger.Condition.all;
import static imageferry.ledger.Condition.has;
import static imageferry.ledger.Condition.is;
import static imageferry.ledger.Condition.lacks;

import imageferry.ledger.Change;
import imageferry.ledger.Condition;
import imageferry.ledger.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an owner makes of an image: the image as it was read and as it is to be, and the writes that lead from one to the
 * other. A write names only what differs, so that owners who change different things do not undo each other.
 */
public record Revision(Image before, Image after) {

    public boolean changesNothing() {
        return before.equals(after);
    }

    public boolean renames() {
        return !before.name().equals(after.name());
    }

    /** Whether the new name is to be held against the owner's other images; one that failed holds none. */
    public boolean reserves() {
        return renames() && before.reserves();
    }

    public boolean publishes() {
        return !before.published() && after.published();
    }

    private boolean withdraws() {
        return before.published() && !after.published();
    }

    private boolean offersOtherwise() {
        return before.publication() != after.publication()
                || !Objects.equals(before.productCode(), after.productCode());
    }

    public boolean deprecates() {
        return before.status() != after.status() && after.status() == ImageStatus.DEPRECATED;
    }

    /** Rules 1 and 8: whether copies of it, if any ran, would end as copies of what cannot be copied. */
    public boolean endsCopying() {
        return publishes() || deprecates();
    }

    /** Who changed it and when is kept with it, and told with the change. */
    public Write revised(String by, Instant now) {
        var changes = new ArrayList<Change>();
        differing("name", before.name(), after.name()).ifPresent(changes::add);
        differing("description", before.labels().description(), after.labels().description())
                .ifPresent(changes::add);
        differing("family", before.labels().family(), after.labels().family()).ifPresent(changes::add);
        differing("tags", before.labels().tags(), after.labels().tags()).ifPresent(changes::add);
        differing("status", before.status(), after.status()).ifPresent(changes::add);
        differing("protected", before.isProtected(), after.isProtected()).ifPresent(changes::add);
        differing("publication", before.publication(), after.publication()).ifPresent(changes::add);
        differing("productCode", before.productCode(), after.productCode()).ifPresent(changes::add);
        changes.add(Change.put("changedBy", by));
        changes.add(Change.put("changedAt", now));
        return Write.update(ImageRecord.key(before.id()), stillAsRead(), changes);
    }

    private Condition stillAsRead() {
        var asked = new ArrayList<Condition>();
        asked.add(is("status", before.status()));
        if (renames()) {
            asked.add(is("name", before.name()));
            asked.add(before.reserves() ? has("reserves") : lacks("reserves"));
        }
        if (offersOtherwise()) {
            asked.add(is("publication", before.publication()));
        }
        if (endsCopying()) {
            asked.add(lacks("copyingTo"));
        }
        return all(asked.toArray(Condition[]::new));
    }

    private static Optional<Change> differing(String attribute, @Nullable Object before, @Nullable Object after) {
        if (Objects.equals(before, after)) {
            return Optional.empty();
        }
        return Optional.of(after == null ? Change.remove(attribute) : Change.put(attribute, after));
    }

    /** What must happen beside {@link #revised}, in the same transaction. */
    public List<Write> besides() {
        var writes = new ArrayList<Write>();
        if (reserves()) {
            writes.add(Images.nameReserved(after));
            writes.add(Images.nameReleased(before));
        }
        if (publishes()) {
            writes.add(Images.listedForAll(after));
        }
        if (withdraws()) {
            writes.add(Images.listedForAllNoMore(before));
        }
        return writes;
    }
}
