package imageferry.copying.request;

import imageferry.account.Caller;
import imageferry.copying.Copy;
import imageferry.copying.request.UploadPolicies.Upload;
import imageferry.image.Image;
import imageferry.region.Regions;
import imageferry.rule.Code;
import imageferry.rule.Result;
import imageferry.rule.Violation;
import imageferry.sharing.VisibleImages.Seen;
import java.util.ArrayList;
import java.util.List;

/** Applies the rules for new requests to a retry; every violation names the copy being retried. */
record RetryPolicies(Regions regions, TargetPolicies targets) {
    /**
     * The violations of copying the image again.
     *
     * @param target the image that the old copy was to make
     * @param hasBytes whether the bytes of the source are stored
     */
    List<Violation> ofImage(Caller caller, Copy old, Image target, Seen source, boolean hasBytes) {
        var violations = new ArrayList<>(SourcePolicies.violations(source));
        var asked = List.of(request(old, target));
        var own = source.image().ownedBy(caller.account());
        if (own && !(violations.isEmpty() && hasBytes && targets.areWellAsked(source.image(), asked))) {
            violations.addAll(targets.violations(source.image(), asked));
        }
        if (!hasBytes) {
            violations.add(SourcePolicies.bytesGone(source.image()));
        }
        return of(old, violations);
    }

    private static TargetRequest request(Copy old, Image target) {
        return new TargetRequest(
                old.region().name(),
                target.name().value(),
                target.labels(),
                old.shareWith().stream().map(account -> account.value()).toList());
    }

    /**
     * The violations of importing the uploaded disk again.
     *
     * @param upload the object as it is stored now
     */
    List<Violation> ofUpload(Copy old, Image target, Result<Upload> upload) {
        var violations = new ArrayList<Violation>();
        regions.requiresEnabled(old.region().name()).ifPresent(violations::add);
        var before = violations.size();
        violations.addAll(upload.violations());
        if (!violations.isEmpty()) {
            violations.addAll(before, targets.violations(old.owner(), old.region(), target.name()));
        }
        return of(old, violations);
    }

    private static List<Violation> of(Copy old, List<Violation> violations) {
        return violations.stream().map(violation -> of(old, violation)).toList();
    }

    static Violation of(Copy old, Violation violation) {
        return Violation.of(violation.code(), "copyId", old.id(), violation.detail());
    }

    static Violation notEnded(Copy copy) {
        return Violation.of(
                Code.INCORRECT_COPY_STATUS,
                "copyId",
                copy.id(),
                "Copy " + copy.id() + " is " + copy.status() + "; only a Failed or Cancelled copy can be retried");
    }

    /** An upload that was refused has no image to take name and labels from. */
    static Violation neverBegun(Copy copy) {
        return Violation.of(
                Code.UPLOAD_NOT_RESUMABLE,
                "copyId",
                copy.id(),
                "Copy " + copy.id()
                        + " was refused before it had an image; fix the cause given in its reason, then request the import with"
                        + " POST /images, or upload the disk again");
    }

    /** A retry takes name and labels from the image that the old copy was to make. */
    static Violation targetDeleted(Copy copy) {
        return Violation.of(
                Code.UPLOAD_NOT_RESUMABLE,
                "copyId",
                copy.id(),
                "The target image " + copy.image() + " of copy " + copy.id() + " was deleted with its name and labels;"
                        + " request "
                        + (copy.isImport() ? "the import with POST /images" : "a new copy of the source"));
    }
}
