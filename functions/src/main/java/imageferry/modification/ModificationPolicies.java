package imageferry.modification;

import imageferry.account.Caller;
import imageferry.copying.Copies;
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
import java.util.stream.Stream;

/**
 * The rules for changing an image, as far as reading can tell. Only its owner changes it, only the operator publishes one, only
 * a usable one changes its status, a name is held once, and an image that cannot be copied (rules 1 and 8) is not being copied.
 * The transaction checks again.
 */
final class ModificationPolicies {
    private final Images images;
    private final RunningCopies running;

    ModificationPolicies(Images images, Copies copies) {
        this.images = images;
        this.running = new RunningCopies(copies);
    }

    /**
     * Every violation. The names and copies of other owners are not revealed. Of another owner's names and copies nobody is
     * told.
     */
    List<Violation> violations(Caller caller, Image image, Modification asked) {
        var violations = new ArrayList<>(
                Stream.of(isOwner(caller, image), mayPublish(caller, asked), mayPutOnTheMarket(caller, asked))
                        .flatMap(Optional::stream)
                        .toList());
        statusCanChange(image, asked).ifPresent(violations::add);
        if (asked.offersTwice(image)) {
            violations.add(offeredTwice(image));
        } else {
            violations.addAll(violations(caller, asked.of(image)));
        }
        return violations;
    }

    private List<Violation> violations(Caller caller, Revision revision) {
        var published = isAvailableWherePublished(revision).stream();
        return revision.before().ownedBy(caller.account())
                ? Stream.concat(
                                published,
                                Stream.of(nameIsFree(revision), isNotBeingCopied(revision))
                                        .flatMap(Optional::stream))
                        .toList()
                : published.toList();
    }

    private static Optional<Violation> isOwner(Caller caller, Image image) {
        return image.ownedBy(caller.account())
                ? Optional.empty()
                : Optional.of(Violation.of(
                        Code.NOT_OWNER,
                        "imageId",
                        image.id(),
                        "Image " + image.id() + " belongs to another account; " + caller.account()
                                + " may use it but not change it"));
    }

    private static Optional<Violation> mayPublish(Caller caller, Modification asked) {
        return asked.isPublic() == null || caller.operator()
                ? Optional.empty()
                : Optional.of(notOperator("public", asked.isPublic()));
    }

    private static Optional<Violation> mayPutOnTheMarket(Caller caller, Modification asked) {
        return asked.productCode() == null || caller.operator()
                ? Optional.empty()
                : Optional.of(notOperator("productCode", asked.productCode()));
    }

    private static Violation notOperator(String field, Object value) {
        return Violation.of(
                Code.NOT_OPERATOR,
                field,
                value,
                "Only the operator can publish images; leave " + field
                        + " out, or share the image with the accounts that need it");
    }

    /** Rule 8: between these two and no others, and an image that is in neither gets there by its copy alone. */
    private static Optional<Violation> statusCanChange(Image image, Modification asked) {
        var status = asked.status();
        return status == null || image.status().usable()
                ? Optional.empty()
                : Optional.of(Violation.of(
                        Code.INCORRECT_IMAGE_STATUS,
                        "status",
                        status,
                        "Image " + image.id() + " is " + image.status() + " and cannot become " + status + "; "
                                + (image.status().inTheMaking()
                                        ? "wait until it is Available"
                                        : "retry the copy that was meant to make it")));
    }

    /** Well formed, unless both are asked for in one request. */
    private static Violation offeredTwice(Image image) {
        var code = switch (image.publication()) {
            case PRIVATE -> Code.INVALID_PARAMETER;
            case PUBLIC -> Code.PUBLIC_IMAGE;
            case MARKETPLACE -> Code.MARKETPLACE_IMAGE;
        };
        return Violation.of(
                code,
                "public",
                true,
                "Image " + image.id() + " would be both public and in the marketplace; send"
                        + " \"public\": false with a product code, or \"productCode\": \"\" with \"public\": true");
    }

    private static Optional<Violation> isAvailableWherePublished(Revision revision) {
        var after = revision.after();
        return !revision.publishes() || after.status() == ImageStatus.AVAILABLE
                ? Optional.empty()
                : Optional.of(Violation.of(
                        Code.INCORRECT_IMAGE_STATUS,
                        offering(after),
                        after.status(),
                        "Image " + after.id()
                                + (after.status() == revision.before().status() ? " is " : " would be ")
                                + after.status() + "; only an Available image can be published"));
    }

    private static String offering(Image image) {
        return image.productCode() == null ? "public" : "productCode";
    }

    private Optional<Violation> nameIsFree(Revision revision) {
        var after = revision.after();
        return revision.reserves() && images.taken(after.owner(), after.region(), after.name())
                ? Optional.of(Images.duplicate(after.name(), after.region()))
                : Optional.empty();
    }

    private Optional<Violation> isNotBeingCopied(Revision revision) {
        var image = revision.before();
        return !revision.endsCopying() || image.copyingTo().isEmpty()
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
