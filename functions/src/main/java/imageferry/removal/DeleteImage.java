package imageferry.removal;

import imageferry.account.Caller;
import imageferry.copying.Copies;
import imageferry.copying.RunningCopies;
import imageferry.image.Image;
import imageferry.image.ImageStatus;
import imageferry.image.Images;
import imageferry.image.Quota;
import imageferry.image.Removal;
import imageferry.ledger.Tries;
import imageferry.ledger.Write;
import imageferry.rule.Result;
import imageferry.sharing.Shares;
import imageferry.sharing.VisibleImages;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Deletes an image. One with bytes goes into the bin, which is one transaction; one without bytes, or any image while there is
 * no bin, is removed at once.
 */
public final class DeleteImage {
    private final Removals removals;
    private final VisibleImages visible;
    private final Bin bin;
    private final DeletionPolicies policies;
    private final InstantSource clock;

    public DeleteImage(Removals removals, VisibleImages visible, Copies copies, Bin bin, InstantSource clock) {
        this.removals = removals;
        this.visible = visible;
        this.bin = bin;
        this.policies = new DeletionPolicies(new RunningCopies(copies), removals.images(), bin);
        this.clock = clock;
    }

    /**
     * Deletes the caller's own image. Its copies stay. Deleting an image that is in the bin changes nothing.
     *
     * @param force also while it is shared or instances use it
     * @return the image in the bin; empty when it is removed
     */
    public Result<Optional<Image>> delete(Caller caller, String imageId, boolean force) {
        return delete(caller, imageId, force, new Tries());
    }

    /** Lets the transaction decide. After a refusal, reads the image again to find the reason, or to try again. */
    private Result<Optional<Image>> delete(Caller caller, String imageId, boolean force, Tries tries) {
        return visible.owned(caller, imageId).then(image -> {
            if (image.status() == ImageStatus.RECYCLED) {
                return Result.accepted(Optional.of(image));
            }
            var violations = policies.violations(image, force);
            if (!violations.isEmpty() && (!tries.isFirst() || !policies.leftToItsUsers(image))) {
                return Result.rejected(violations);
            }
            tries.next("Image " + imageId, "deleted");
            if (bin.takes(image)) {
                return recycled(caller, image, force)
                        ? visible.owned(caller, imageId).map(Optional::of)
                        : delete(caller, imageId, force, tries);
            }
            if (!removals.removed(image, force, caller.arn(), clock.instant())) {
                return delete(caller, imageId, force, tries);
            }
            removals.finishIfPossible(image);
            return Result.accepted(Optional.empty());
        });
    }

    /** Returns false when the image changed since it was read, or the bin is full now. */
    private boolean recycled(Caller caller, Image image, boolean force) {
        var now = clock.instant();
        var decision = Removal.recycled(image, force, caller.arn(), now, bin.purgeAt(now));
        var besides = new ArrayList<Write>();
        if (image.uses().reserves()) {
            besides.add(Images.nameReleased(image));
        }
        var room = Quota.recycled(image, bin.mostRecycled());
        return removals.committed(image, decision, Shares::hidden, besides, List.of(room));
    }
}
