package imageferry.removal;

import imageferry.account.Caller;
import imageferry.id.ImageId;
import imageferry.image.Image;
import imageferry.image.ImageStatus;
import imageferry.ledger.Tries;
import imageferry.region.Region;
import imageferry.region.Regions;
import imageferry.rule.Code;
import imageferry.rule.Result;
import imageferry.rule.Violation;
import imageferry.sharing.VisibleImages;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Removes images from the bin with their bytes: at their owner's request, and when their time is over. */
public record PurgeImages(Removals removals, VisibleImages visible, Regions regions, InstantSource clock) {
    /** The maximum number of images of one region that a sweep purges; the next one continues. */
    static final int MOST_PURGED = 100;

    /** Purges the caller's own image, which must be in the bin. */
    public Result<ImageId> purge(Caller caller, String imageId) {
        return purge(caller, imageId, new Tries());
    }

    private Result<ImageId> purge(Caller caller, String imageId, Tries tries) {
        return visible.owned(caller, imageId).then(image -> {
            var violations = violations(image);
            if (!violations.isEmpty()) {
                return Result.rejected(violations);
            }
            tries.next("Image " + imageId, "purged");
            if (!removals.purged(image, caller.arn(), clock.instant())) {
                return purge(caller, imageId, tries);
            }
            removals.finishIfPossible(image);
            return Result.accepted(image.id());
        });
    }

    private static List<Violation> violations(Image image) {
        if (image.status() != ImageStatus.RECYCLED) {
            return List.of(Violation.of(
                    Code.INCORRECT_IMAGE_STATUS,
                    "imageId",
                    image.id(),
                    "Image " + image.id() + " is " + image.status()
                            + " and not in the bin; delete it first with DELETE /images/" + image.id()));
        }
        return DeletionPolicies.requiresUnprotected(image).stream().toList();
    }

    /** Purges the images of each region whose time is over; one that fails stops no other. */
    public Removals.Finished purgeDue(Instant now) {
        var tally = new Removals.Tally();
        if (!removals.deletions().paused()) {
            regions.enabled().forEach(region -> purgeDue(region, now, tally));
        }
        return tally.finished();
    }

    private void purgeDue(Region region, Instant now, Removals.Tally tally) {
        for (var listed : removals.images().due(region, now, MOST_PURGED)) {
            tally.attempt(listed, () -> purgeIfDue(listed.id(), now));
        }
    }

    /** A restored table may have an image in the bin that its owner has restored since. */
    private boolean isDue(Image.InBin bin, Instant now) {
        return !now.isBefore(bin.purgeAt()) && !removals.deletions().waitsForConfirmation(bin.since());
    }

    /** The index may lag behind, so the image itself is read before it is purged. */
    private boolean purgeIfDue(ImageId id, Instant now) {
        var due = removals.images()
                .find(id)
                .filter(image -> image.status() == ImageStatus.RECYCLED)
                .filter(image -> image.bin().filter(bin -> isDue(bin, now)).isPresent());
        if (due.isEmpty()) {
            return false;
        }
        var image = due.get();
        removals.deletions().require(image.region());
        var purged = removals.purged(image, Caller.WORKFLOW, now);
        if (purged) {
            removals.finishIfPossible(image);
        }
        return purged;
    }
}
