package imageferry.copying.request;

import imageferry.account.AccountId;
import imageferry.copying.Copies;
import imageferry.copying.Copy;
import imageferry.copying.CopyStatus;
import imageferry.copying.Reason;
import imageferry.copying.request.UploadMetadata.Wish;
import imageferry.copying.request.UploadPolicies.Upload;
import imageferry.image.Image;
import imageferry.image.ImageName;
import imageferry.image.Images;
import imageferry.ledger.Write;
import imageferry.snapshot.Blob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An unfinished import of an upload that was overwritten since. A later import of the same key and name replaces it:
 * its name and its place in the quotas pass over in the transaction that ends it, so nothing has to be free first.
 *
 * @param image holds the name
 */
record ReplacedImport(Image image, Copy copy) {
    /** The import of that upload that holds the name and has not ended. */
    static Optional<ReplacedImport> of(Images images, Copies copies, AccountId owner, Blob upload, ImageName name) {
        return images.holder(owner, upload.region(), name)
                .flatMap(images::find)
                .filter(image -> image.uses().reserves())
                .flatMap(image -> copies.find(image.madeBy()).map(copy -> new ReplacedImport(image, copy)))
                .filter(held -> !held.copy.status().ended())
                .filter(held ->
                        held.copy.isImport() && held.copy.source().blob().equals(upload));
    }

    /** Returns whether it imports this very upload under the same labels, so that nothing must be replaced. */
    boolean isOf(Upload upload, Wish wish) {
        return copy.status().live()
                && copy.pinned().eTag().equals(upload.facts().eTag())
                && copy.source().equals(wish.source(upload.blob()))
                && image.labels().equals(wish.labels());
    }

    /** The writes that record the next import in place of this one. An end that was decided earlier does not change. */
    List<Write> writes(Enrolment next, String by, Instant now) {
        var writes = new ArrayList<Write>();
        if (copy.status().live()) {
            writes.add(Copies.decided(copy, CopyStatus.FAILING, reason(next), by, now));
        }
        writes.add(Images.handedOver(image));
        writes.add(Images.nameHandedOver(image, next.image()));
        writes.add(Images.created(next.image()));
        writes.add(Copies.created(next.copy()));
        return writes;
    }

    private Reason reason(Enrolment next) {
        return new Reason(
                Reason.SOURCE_CHANGED,
                "The upload " + copy.source().blob() + " was overwritten before its import ended; copy " + next.id()
                        + " imports what was uploaded last");
    }
}
