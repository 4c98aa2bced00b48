package imageferry.copying.request;

import imageferry.account.AccountId;
import imageferry.copying.Copies;
import imageferry.copying.Copy;
import imageferry.copying.CopyStatus;
import imageferry.image.ImageStatus;
import imageferry.image.Images;
import imageferry.rule.Code;
import imageferry.rule.Result;
import imageferry.rule.Violation;
import imageferry.snapshot.Blob;

/** Finds the image that was imported from an upload that no longer exists. */
record PastImports(Copies copies, Images images) {
    /** The maximum number of imports of one key that are examined, the newest ones. */
    private static final int LAST = 10;

    /** Returns the result; adds the imported image to the violation of an absent upload. */
    <T> Result<T> explained(AccountId owner, Blob upload, Result<T> result) {
        if (result.violations().stream().noneMatch(PastImports::isAbsence)) {
            return result;
        }
        return copies.importsOf(upload, LAST).stream()
                .filter(copy -> copy.owner().equals(owner) && copy.status() == CopyStatus.AVAILABLE)
                .findFirst()
                .<Result<T>>map(copy -> Result.rejected(result.violations().stream()
                        .map(violation -> isAbsence(violation) ? explained(upload, copy) : violation)
                        .toList()))
                .orElse(result);
    }

    private static boolean isAbsence(Violation violation) {
        return violation.code() == Code.IMPORT_KEY_NOT_FOUND;
    }

    private Violation explained(Blob upload, Copy copy) {
        var image = images.find(copy.image()).filter(made -> made.status() != ImageStatus.DELETING);
        var what = image.isPresent()
                ? " and then removed; use the image, or upload the disk again"
                : ", which was deleted; upload the disk again";
        return Violation.of(
                Code.IMPORT_KEY_NOT_FOUND,
                "importKey",
                upload.key(),
                "There is no object " + upload + ": it was imported as image " + copy.image() + what);
    }
}
