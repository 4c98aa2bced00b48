package imageferry.removal;

import imageferry.account.Caller;
import imageferry.copying.Copies;
import imageferry.copying.RunningCopies;
import imageferry.id.ImageId;
import imageferry.image.Image;
import imageferry.image.Images;
import imageferry.image.Quota;
import imageferry.image.Removal;
import imageferry.ledger.Commit;
import imageferry.ledger.Ledger;
import imageferry.ledger.LedgerUnavailable;
import imageferry.ledger.Tries;
import imageferry.ledger.Write;
import imageferry.ownership.DeletionRefused;
import imageferry.ownership.Deletions;
import imageferry.rule.Result;
import imageferry.sharing.Share;
import imageferry.sharing.Shares;
import imageferry.sharing.VisibleImages;
import imageferry.snapshot.StoreRefused;
import imageferry.snapshot.StoreUnavailable;
import imageferry.snapshot.UnreachableRegions;
import imageferry.usage.Usage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Deletes an image: one transaction removes the image with its shares, its name and its place in the quota. Its bytes
 * and its record follow. {@link #finishAll} finishes a deletion that stopped halfway.
 */
public final class DeleteImage {
    private static final int MOST_FINISHED = 1_000;

    private final Ledger ledger;
    private final Images images;
    private final Shares shares;
    private final VisibleImages visible;
    private final Deletions deletions;
    private final DeletionPolicies policies;
    private final InstantSource clock;

    public DeleteImage(
            Ledger ledger,
            Images images,
            Shares shares,
            VisibleImages visible,
            Copies copies,
            Deletions deletions,
            InstantSource clock) {
        this.ledger = ledger;
        this.images = images;
        this.shares = shares;
        this.visible = visible;
        this.deletions = deletions;
        this.policies = new DeletionPolicies(new RunningCopies(copies));
        this.clock = clock;
    }

    /**
     * Deletes the caller's own image. Its copies stay.
     *
     * @param force also while it is shared or instances use it
     */
    public Result<ImageId> delete(Caller caller, String imageId, boolean force) {
        return delete(caller, imageId, force, new Tries());
    }

    /** Lets the transaction decide. After a refusal, reads the image again to find the reason, or to try again. */
    private Result<ImageId> delete(Caller caller, String imageId, boolean force, Tries tries) {
        return visible.owned(caller, imageId).then(image -> {
            var violations = policies.violations(image, force);
            if (!violations.isEmpty() && (!tries.isFirst() || !policies.leftToItsUsers(image))) {
                return Result.rejected(violations);
            }
            tries.next("Image " + imageId, "deleted");
            if (!decided(caller, image, force)) {
                return delete(caller, imageId, force, tries);
            }
            finishIfPossible(image);
            return Result.accepted(image.id());
        });
    }

    /**
     * Returns false when the image or its shares changed since they were read, so that everything is to be checked
     * again.
     */
    private boolean decided(Caller caller, Image image, boolean force) {
        var now = clock.instant();
        var deleting = Removal.decided(image, force, caller.arn(), now);
        var writes = new ArrayList<Write>(List.of(deleting));
        var shared = image.uses().shareCount() == 0 ? List.<Share>of() : shares.of(image.id());
        shared.stream().map(Shares::dropped).forEach(writes::add);
        if (image.uses().reserves()) {
            writes.add(Images.nameReleased(image));
            writes.add(Quota.imageReturned(image.owner(), image.region()));
        }
        if (image.hasBytes()) {
            writes.add(Usage.removed(image.owner(), image.id(), now));
        }
        return switch (ledger.commit(writes)) {
            case Commit.Done done -> true;
            case Commit.Refused refused
            when refused.of(deleting) || shared.stream().map(Shares::dropped).anyMatch(refused::of) -> false;
            case Commit.Refused refused ->
                throw new IllegalStateException("The records of " + image.id() + " do not agree: " + refused);
        };
    }

    /** Finishes the deletion now if possible. An outage does not change the answer, and the sweeper continues. */
    private void finishIfPossible(Image image) {
        try {
            finish(image);
        } catch (StoreUnavailable | StoreRefused | LedgerUnavailable | DeletionRefused notNow) {
            return;
        }
    }

    /** Removes bytes and record of an image after its deletion was decided; may be repeated. */
    void finish(Image image) {
        if (image.hasBytes()) {
            deletions.delete(image.blob(), clock.instant());
        }
        ledger.commit(List.of(Removal.done(image.id())));
    }

    /**
     * Finishes the deletions that stopped halfway before that time; one that fails again stops no other. Does nothing while
     * deletions are paused, or a restore of the table waits for its confirmation.
     */
    public Finished finishAll(Instant changedBefore) {
        if (deletions.paused() || deletions.waitsForConfirmation(Instant.MIN)) {
            return new Finished(0, List.of());
        }
        var finished = 0;
        var failures = new ArrayList<String>();
        var unreachable = new UnreachableRegions();
        for (var image : images.beingRemoved(changedBefore, MOST_FINISHED)) {
            if (unreachable.contains(image.region())) {
                continue;
            }
            try {
                finish(image);
                finished++;
            } catch (RuntimeException failure) {
                unreachable.note(image.region(), failure);
                failures.add(image.id() + ": " + failure);
            }
        }
        return new Finished(finished, failures);
    }

    /**
     * The result of a sweep of half-done deletions.
     *
     * @param failures each names its image and the error
     */
    public record Finished(int images, List<String> failures) {
        public Finished {
            failures = List.copyOf(failures);
        }
    }
}
