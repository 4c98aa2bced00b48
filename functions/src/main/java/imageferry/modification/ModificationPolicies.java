package imageferry.modification;

import imageferry.account.Caller;
import imageferry.copying.RunningCopies;
import imageferry.image.Image;
import imageferry.image.ImageStatus;
import imageferry.image.Images;
import imageferry.image.Revision;
import imageferry.rule.Code;
import imageferry.rule.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rules for changing an image, checked against the records as they were read. Only its owner changes it, only the
 * operator publishes one, only a usable one changes its status, a name is held once, and an image that cannot be copied
 * (rules 1 and 8) is not being copied. The transaction checks again.
 */
record ModificationPolicies(Images images, RunningCopies running) {
    /** Returns every violation, without the names and copies of other owners. */
    List<Violation> violations(Caller caller, Image image, Modification asked) {
        var violations = new ArrayList<Violation>();
        requiresOwner(caller, image).ifPresent(violations::add);
        requiresOperator(caller, "public", asked.isPublic()).ifPresent(violations::add);
        requiresOperator(caller, "productCode", asked.productCode()).ifPresent(violations::add);
        var recycled = requiresOutOfBin(image);
        if (recycled.isPresent()) {
            violations.add(recycled.get());
            return violations;
        }
        requiresUsable(image, asked).ifPresent(violations::add);
        requiresOneOffer(image, asked).ifPresentOrElse(violations::add, () -> {
            var revision = asked.of(image);
            requiresAvailableToPublish(revision).ifPresent(violations::add);
            if (image.ownedBy(caller.account())) {
                requiresFreeName(revision).ifPresent(violations::add);
                requiresNoCopies(revision).ifPresent(violations::add);
            }
        });
        return violations;
    }

    private static Optional<Violation> requiresOwner(Caller caller, Image image) {
        return Violation.when(
                !image.ownedBy(caller.account()),
                Code.NOT_OWNER,
                "imageId",
                image.id(),
                "Image " + image.id() + " belongs to another account; " + caller.account()
                        + " may use it but not change it");
    }

    private static Optional<Violation> requiresOperator(Caller caller, String field, @Nullable Object value) {
        return value == null
                ? Optional.empty()
                : Violation.when(
                        !caller.approver(),
                        Code.NOT_OPERATOR,
                        field,
                        value,
                        "Only " + (caller.operator() ? "the operator's approvers (ApproverArns)" : "the operator")
                                + " can publish images; leave " + field
                                + " out, or share the image with the accounts that need it");
    }

    /** An image in the bin is only restored or purged, so that it comes back as it was. */
    private static Optional<Violation> requiresOutOfBin(Image image) {
        return Violation.when(
                image.status() == ImageStatus.RECYCLED,
                Code.INCORRECT_IMAGE_STATUS,
                "imageId",
                image.id(),
                "Image " + image.id() + " is Recycled and cannot be changed; restore it first with POST /images/"
                        + image.id() + "/restore");
    }

    /** Rule 8: only a usable image changes between the two statuses; any other becomes usable by its copy alone. */
    private static Optional<Violation> requiresUsable(Image image, Modification asked) {
        var status = asked.status();
        return status == null
                ? Optional.empty()
                : Violation.when(
                        !image.status().usable(),
                        Code.INCORRECT_IMAGE_STATUS,
                        "status",
                        status,
                        "Image " + image.id() + " is " + image.status() + " and cannot become " + status + "; "
                                + (image.status().inTheMaking()
                                        ? "wait until it is Available"
                                        : "retry the copy that was meant to make it"));
    }

    /** Well formed, unless both are asked for in one request. */
    private static Optional<Violation> requiresOneOffer(Image image, Modification asked) {
        var code = switch (image.publication()) {
            case PRIVATE -> Code.INVALID_PARAMETER;
            case PUBLIC -> Code.PUBLIC_IMAGE;
            case MARKETPLACE -> Code.MARKETPLACE_IMAGE;
        };
        return Violation.when(
                asked.offersTwice(image),
                code,
                "public",
                true,
                "Image " + image.id() + " would be both public and in the marketplace; send"
                        + " \"public\": false with a product code, or \"productCode\": \"\" with \"public\": true");
    }

    private static Optional<Violation> requiresAvailableToPublish(Revision revision) {
        var after = revision.after();
        return Violation.when(
                revision.publishes() && after.status() != ImageStatus.AVAILABLE,
                Code.INCORRECT_IMAGE_STATUS,
                offering(after),
                after.status(),
                "Image " + after.id() + (after.status() == revision.before().status() ? " is " : " would be ")
                        + after.status() + "; only an Available image can be published");
    }

    private static String offering(Image image) {
        return image.terms().productCode() == null ? "public" : "productCode";
    }

    private Optional<Violation> requiresFreeName(Revision revision) {
        var after = revision.after();
        return revision.reserves() && images.taken(after.owner(), after.region(), after.name())
                ? Optional.of(Images.duplicate(after.name(), after.region()))
                : Optional.empty();
    }

    private Optional<Violation> requiresNoCopies(Revision revision) {
        var image = revision.before();
        return !revision.endsCopying() || image.uses().copyingTo().isEmpty()
                ? Optional.empty()
                : Optional.of(Violation.of(
                        Code.IMAGE_COPYING,
                        revision.deprecates() ? "status" : offering(revision.after()),
                        image.id(),
                        "Image " + image.id() + " is being copied by " + running.inWords(image)
                                + ", and a deprecated or published image cannot be copied; wait until each copy has"
                                + " ended, or cancel it"));
    }
}
