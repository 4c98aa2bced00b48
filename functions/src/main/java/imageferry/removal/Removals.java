package imageferry.removal;

import imageferry.image.Image;
import imageferry.image.Images;
import imageferry.image.Quota;
import imageferry.image.Removal;
import imageferry.ledger.Commit;
import imageferry.ledger.Ledger;
import imageferry.ledger.LedgerUnavailable;
import imageferry.ledger.Write;
import imageferry.ownership.DeletionRefused;
import imageferry.ownership.Deletions;
import imageferry.sharing.Share;
import imageferry.sharing.Shares;
import imageferry.snapshot.StoreRefused;
import imageferry.snapshot.StoreUnavailable;
import imageferry.snapshot.UnreachableRegions;
import imageferry.usage.Usage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * The transactions that remove images, and the end of a removal: bytes, then record. {@link #finishAll} finishes a removal that
 * stopped halfway.
 */
public record Removals(Ledger ledger, Images images, Shares shares, Deletions deletions, InstantSource clock) {
    private static final int MOST_FINISHED = 1_000;

    /** Removes an image at once, and gives back its name and its place. Returns false when it changed since it was read. */
    boolean removed(Image image, boolean force, String by, Instant now) {
        var writes = new ArrayList<Write>();
        if (image.uses().reserves()) {
            writes.add(Images.nameReleased(image));
            writes.add(Quota.imageReturned(image.owner(), image.region()));
        }
        if (image.hasBytes()) {
            writes.add(Usage.removed(image.owner(), image.id(), now));
        }
        return committed(image, Removal.decided(image, force, by, now), Shares::dropped, writes, List.of());
    }

    /** Removes an image from the bin. Returns false when it changed since it was read: it was restored, or purged. */
    boolean purged(Image image, String by, Instant now) {
        var writes =
                List.of(Quota.purged(image.owner(), image.region()), Usage.removed(image.owner(), image.id(), now));
        return committed(image, Removal.purged(image, by, now), Shares::dropped, writes, List.of());
    }

    /**
     * Commits a decision on an image with the same change of all its shares.
     *
     * @param contested writes that others may cause to be refused, too
     * @return false when the decision, a share or a contested write was refused, so that everything is to be checked again
     */
    boolean committed(
            Image image, Write decision, Function<Share, Write> share, List<Write> besides, List<Write> contested) {
        var shared = image.uses().shareCount() == 0
                ? List.<Write>of()
                : shares.of(image.id()).stream().map(share).toList();
        var writes = new ArrayList<Write>(List.of(decision));
        writes.addAll(shared);
        writes.addAll(contested);
        var refusable = List.copyOf(writes);
        writes.addAll(besides);
        return switch (ledger.commit(writes)) {
            case Commit.Done done -> true;
            case Commit.Refused refused when refusable.stream().anyMatch(refused::of) -> false;
            case Commit.Refused refused ->
                throw new IllegalStateException("The records of " + image.id() + " do not agree: " + refused);
        };
    }

    /** Finishes the removal now if possible. An outage does not change the answer, and the sweeper continues. */
    void finishIfPossible(Image image) {
        try {
            finish(image);
        } catch (StoreUnavailable | StoreRefused | LedgerUnavailable | DeletionRefused notNow) {
            return;
        }
    }

    /** Removes bytes and record of an image after its removal was decided; may be repeated. */
    private void finish(Image image) {
        if (image.hasBytes()) {
            deletions.delete(image.blob(), clock.instant());
        }
        ledger.commit(List.of(Removal.done(image.id())));
    }

    /**
     * Finishes the removals that stopped halfway before that time; one that fails again stops no other. Does nothing while
     * deletions are paused, or a restore of the table waits for its confirmation.
     */
    public Finished finishAll(Instant changedBefore) {
        if (deletions.paused() || deletions.waitsForConfirmation(Instant.MIN)) {
            return Finished.NOTHING;
        }
        var tally = new Tally();
        images.beingRemoved(changedBefore, MOST_FINISHED)
                .forEach(image -> tally.attempt(image, () -> {
                    finish(image);
                    return true;
                }));
        return tally.finished();
    }

    /** Counts images, and stops at a region that is out of reach. */
    static final class Tally {
        private final List<String> failures = new ArrayList<>();
        private final UnreachableRegions unreachable = new UnreachableRegions();
        private int images;

        /** Runs the piece, which returns whether it removed the image. */
        void attempt(Image image, BooleanSupplier piece) {
            if (unreachable.contains(image.region())) {
                return;
            }
            try {
                images += piece.getAsBoolean() ? 1 : 0;
            } catch (RuntimeException failure) {
                unreachable.note(image.region(), failure);
                failures.add(image.id() + ": " + failure);
            }
        }

        Finished finished() {
            return new Finished(images, failures);
        }
    }

    /**
     * The result of a sweep of removals.
     *
     * @param failures each names its image and the error
     */
    public record Finished(int images, List<String> failures) {
        static final Finished NOTHING = new Finished(0, List.of());

        public Finished {
            failures = List.copyOf(failures);
        }
    }
}
