package imageferry.removal;

import imageferry.copying.Copies;
import imageferry.copying.RunningCopies;
import imageferry.image.Image;
import imageferry.rule.Code;
import imageferry.rule.Count;
import imageferry.rule.Violation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Rules 4, 7 and 10: the requirements for deleting an image. The transaction decides. */
final class DeletionPolicies {
    private final RunningCopies running;

    DeletionPolicies(Copies copies) {
        this.running = new RunningCopies(copies);
    }

    /**
     * Every violation.
     *
     * @param image as read just now
     */
    List<Violation> violations(Image image, boolean force) {
        return Stream.of(
                        notBeingCopied(image),
                        notInTheMaking(image),
                        force ? Optional.<Violation>empty() : notShared(image),
                        force ? Optional.<Violation>empty() : notUsed(image),
                        notPublished(image),
                        notProtected(image))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Whether only its users can forbid it: they may be gone when the transaction decides. */
    boolean leftToItsUsers(Image image) {
        return violations(image, true).isEmpty();
    }

    private Optional<Violation> notBeingCopied(Image image) {
        return image.copyingTo().isEmpty()
                ? Optional.empty()
                : refuse(
                        Code.IMAGE_COPYING,
                        image,
                        "Image " + image.id() + " is being copied by " + running.inWords(image)
                                + "; wait until each copy has ended, or cancel it");
    }

    private static Optional<Violation> notInTheMaking(Image image) {
        return image.status().inTheMaking()
                ? refuse(
                        Code.INCORRECT_IMAGE_STATUS,
                        image,
                        "Image " + image.id() + " is " + image.status() + ", " + image.madeBy()
                                + " is still making it; cancel that with POST /images/" + image.id()
                                + "/cancel-copy, then delete the image")
                : Optional.empty();
    }

    private static Optional<Violation> notShared(Image image) {
        return image.shareCount() > 0
                ? refuse(
                        Code.IMAGE_USE_SHARED,
                        image,
                        "Image " + image.id() + " is shared with " + Count.of(image.shareCount(), "account")
                                + "; unshare it, or delete it with force=true")
                : Optional.empty();
    }

    private static Optional<Violation> notUsed(Image image) {
        return image.instanceCount() > 0
                ? refuse(
                        Code.IMAGE_USING_BY_INSTANCE,
                        image,
                        "Image " + image.id() + " is used by " + Count.of(image.instanceCount(), "instance")
                                + "; delete the " + (image.instanceCount() == 1 ? "instance" : "instances")
                                + ", or delete the image with force=true")
                : Optional.empty();
    }

    /** Everybody may use it, so that nobody can tell whom its end would hit: not even force takes it away at one blow. */
    private static Optional<Violation> notPublished(Image image) {
        return switch (image.publication()) {
            case PRIVATE -> Optional.empty();
            case PUBLIC ->
                refuse(
                        Code.PUBLIC_IMAGE,
                        image,
                        "Image " + image.id()
                                + " is public, which force does not override; withdraw it first with PATCH"
                                + " /images/" + image.id() + " {\"public\":false}");
            case MARKETPLACE ->
                refuse(
                        Code.MARKETPLACE_IMAGE,
                        image,
                        "Image " + image.id() + " is in the marketplace as " + image.productCode()
                                + ", which force does not override; withdraw it first with PATCH /images/" + image.id()
                                + " {\"productCode\":\"\"}");
        };
    }

    private static Optional<Violation> notProtected(Image image) {
        return image.isProtected()
                ? refuse(
                        Code.IMAGE_PROTECTED,
                        image,
                        "Image " + image.id() + " is protected, which force does not override; remove the protection"
                                + " first with PATCH /images/" + image.id() + " {\"protected\":false}")
                : Optional.empty();
    }

    private static Optional<Violation> refuse(Code code, Image image, String detail) {
        return Optional.of(Violation.of(code, "imageId", image.id(), detail));
    }
}
