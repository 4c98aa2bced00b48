package imageferry.copying.request;

import imageferry.account.Caller;
import imageferry.copying.Copies;
import imageferry.copying.Copy;
import imageferry.copying.CopyStatus;
import imageferry.copying.Reason;
import imageferry.copying.VisibleCopies;
import imageferry.id.CopyId;
import imageferry.image.Image;
import imageferry.ledger.Ledger;
import imageferry.ledger.LedgerUnavailable;
import imageferry.ledger.Tries;
import imageferry.rule.Code;
import imageferry.rule.Result;
import imageferry.rule.Violation;
import imageferry.sharing.VisibleImages;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;

/**
 * Rule 7: cancels a copy or an import for its owner, as long as its image is not available.
 *
 * <p>A cancel only writes the status {@code Cancelling} with its reason and the caller. The copy's workflow then runs
 * {@code SettleCopy}. It aborts the upload and deletes the bytes. Then {@code Release} returns name, quota, slot, place
 * in the queue and source lock, withdraws the ticket and writes {@code Cancelled}, in one transaction.
 */
public record CancelCopy(Ledger ledger, VisibleImages visible, Copies copies, InstantSource clock) {
    /**
     * Cancels the copy or import that makes the image. Cancelling again during the cleanup changes nothing.
     *
     * @throws LedgerUnavailable when the copy changed during each of ten attempts to cancel it
     */
    public Result<CopyId> cancel(Caller caller, String imageId) {
        return visible.find(caller, imageId)
                .then(seen -> seen.image().ownedBy(caller.account())
                        ? cancel(caller, seen.image().madeBy(), copy -> tooLate(seen.image(), copy))
                        : VisibleImages.missing(imageId));
    }

    /**
     * Cancels the caller's own copy or import. Cancelling again during the cleanup changes nothing.
     *
     * @throws LedgerUnavailable when the copy changed during each of ten attempts to cancel it
     */
    public Result<CopyId> cancelCopy(Caller caller, String copyId) {
        return new VisibleCopies(copies)
                .owned(caller, copyId)
                .then(copy -> cancel(caller, copy.id(), CancelCopy::tooLate));
    }

    private Result<CopyId> cancel(Caller caller, CopyId id, Function<Copy, Violation> tooLate) {
        var tries = new Tries();
        while (true) {
            var copy = copies.require(id);
            if (copy.status() == CopyStatus.CANCELLING) {
                return Result.accepted(copy.id());
            }
            if (!copy.status().live()) {
                return Result.rejected(List.of(tooLate.apply(copy)));
            }
            tries.next("Copy " + id, "cancelled");
            var reason = new Reason(Reason.CANCELLED, "Cancelled by " + caller.arn());
            var decided = Copies.decided(copy, CopyStatus.CANCELLING, reason, caller.arn(), clock.instant());
            if (ledger.commit(List.of(decided)).done()) {
                return Result.accepted(copy.id());
            }
        }
    }

    private static Violation tooLate(Image image, Copy copy) {
        return copy.isImport() && copy.status() == CopyStatus.AVAILABLE
                ? Violation.of(
                        Code.IMAGE_CREATED_NOT_FROM_COPY,
                        "imageId",
                        image.id(),
                        "Image " + image.id() + " was imported and no copy makes it; delete it if you do not need it")
                : Violation.of(
                        Code.INCORRECT_IMAGE_STATUS,
                        "imageId",
                        image.id(),
                        "The copy " + copy.id() + " that makes image " + image.id() + " is " + copy.status()
                                + "; only a copy that still runs can be cancelled");
    }

    private static Violation tooLate(Copy copy) {
        return Violation.of(
                Code.INCORRECT_COPY_STATUS,
                "copyId",
                copy.id(),
                "Copy " + copy.id() + " is " + copy.status() + "; only a copy that still runs can be cancelled"
                        + (copy.status() == CopyStatus.AVAILABLE
                                ? ". Delete image " + copy.image() + " if you do not need it"
                                : ""));
    }
}
