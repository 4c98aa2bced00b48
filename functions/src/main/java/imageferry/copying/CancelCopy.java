package imageferry.copying;

import imageferry.account.Caller;
import imageferry.id.CopyId;
import imageferry.image.Image;
import imageferry.ledger.Ledger;
import imageferry.rule.Code;
import imageferry.rule.Result;
import imageferry.sharing.VisibleImages;
import java.time.InstantSource;
import java.util.List;

/** CancelCopyImage: rule 7, the owner cancels the target until it is available. Cleaning up is the workflow's. */
public final class CancelCopy {
    private final Ledger ledger;
    private final VisibleImages visible;
    private final Copies copies;
    private final InstantSource clock;

    public CancelCopy(Ledger ledger, VisibleImages visible, Copies copies, InstantSource clock) {
        this.ledger = ledger;
        this.visible = visible;
        this.copies = copies;
        this.clock = clock;
    }

    /** Decides the end; asking again while it is being cleaned up changes nothing. */
    public Result<CopyId> cancel(Caller caller, String imageId) {
        return visible.find(caller, imageId)
                .then(seen -> seen.image().ownedBy(caller.account())
                        ? cancel(caller, seen.image())
                        : VisibleImages.missing(imageId));
    }

    private Result<CopyId> cancel(Caller caller, Image image) {
        while (true) {
            var copy = copies.require(image.madeBy());
            if (copy.status() == CopyStatus.CANCELLING) {
                return Result.accepted(copy.id());
            }
            if (!copy.status().live()) {
                return tooLate(image, copy);
            }
            var reason = new Reason(Reason.CANCELLED, "Cancelled by " + caller.arn());
            var decided = Copies.decided(copy, CopyStatus.CANCELLING, reason, caller.arn(), clock.instant());
            if (ledger.commit(List.of(decided)).done()) {
                return Result.accepted(copy.id());
            }
        }
    }

    private static Result<CopyId> tooLate(Image image, Copy copy) {
        return copy.isImport() && copy.status() == CopyStatus.AVAILABLE
                ? Result.rejected(
                        Code.IMAGE_CREATED_NOT_FROM_COPY,
                        "imageId",
                        image.id(),
                        "Image " + image.id() + " was imported and no copy makes it; delete it if you do not need it")
                : Result.rejected(
                        Code.INCORRECT_IMAGE_STATUS,
                        "imageId",
                        image.id(),
                        "The copy " + copy.id() + " that makes image " + image.id() + " is " + copy.status()
                                + "; only a copy that still runs can be cancelled");
    }
}
