package imageferry.removal;

import imageferry.copying.RunningCopies;
import imageferry.image.Image;
import imageferry.image.Images;
import imageferry.rule.Code;
import imageferry.rule.Count;
import imageferry.rule.Violation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Rules 4, 7 and 10: the requirements for deleting an image. The transaction decides. */
record DeletionPolicies(RunningCopies running, Images images, Bin bin) {
    /**
     * Every violation.
     *
     * @param image as read just now
     */
    List<Violation> violations(Image image, boolean force) {
        return Stream.of(
                        requiresNoCopies(image),
                        requiresMade(image),
                        force ? Optional.<Violation>empty() : requiresUnshared(image),
                        force ? Optional.<Violation>empty() : requiresUnused(image),
                        requiresUnpublished(image),
                        requiresUnprotected(image),
                        requiresRoom(image))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Returns whether only its users can forbid it: they may have left when the transaction decides. */
    boolean leftToItsUsers(Image image) {
        return violations(image, true).isEmpty();
    }

    private Optional<Violation> requiresNoCopies(Image image) {
        return image.uses().copyingTo().isEmpty()
                ? Optional.empty()
                : Optional.of(violation(
                        Code.IMAGE_COPYING,
                        image,
                        "is being copied by " + running.inWords(image)
                                + "; wait until each copy has ended, or cancel it"));
    }

    private static Optional<Violation> requiresMade(Image image) {
        return when(
                image.status().inTheMaking(),
                Code.INCORRECT_IMAGE_STATUS,
                image,
                "is " + image.status() + ": copy " + image.madeBy()
                        + " is still making it; cancel that copy with POST /images/" + image.id()
                        + "/cancel-copy, then delete the image");
    }

    private static Optional<Violation> requiresUnshared(Image image) {
        return when(
                image.uses().shareCount() > 0,
                Code.IMAGE_USE_SHARED,
                image,
                "is shared with " + Count.of(image.uses().shareCount(), "account")
                        + "; unshare it, or delete it with force=true");
    }

    private static Optional<Violation> requiresUnused(Image image) {
        return when(
                image.uses().instanceCount() > 0,
                Code.IMAGE_USING_BY_INSTANCE,
                image,
                "is used by " + Count.of(image.uses().instanceCount(), "instance") + "; delete the "
                        + (image.uses().instanceCount() == 1 ? "instance" : "instances")
                        + ", or delete the image with force=true");
    }

    /** Refuses a published image also with force: every account may use it, so the affected users are unknown. */
    private static Optional<Violation> requiresUnpublished(Image image) {
        return switch (image.publication()) {
            case PRIVATE -> Optional.empty();
            case PUBLIC -> unforced(image, Code.PUBLIC_IMAGE, "public", "withdraw it", "{\"public\":false}");
            case MARKETPLACE ->
                unforced(
                        image,
                        Code.MARKETPLACE_IMAGE,
                        "in the marketplace as " + image.terms().productCode(),
                        "withdraw it",
                        "{\"productCode\":\"\"}");
        };
    }

    static Optional<Violation> requiresUnprotected(Image image) {
        return image.terms().isProtected()
                ? unforced(image, Code.IMAGE_PROTECTED, "protected", "remove the protection", "{\"protected\":false}")
                : Optional.empty();
    }

    /** The bin has a limit, because its images cost storage and hold no place in the quota. */
    private Optional<Violation> requiresRoom(Image image) {
        if (!bin.takes(image)) {
            return Optional.empty();
        }
        var recycled = images.quota(image.owner(), image.region()).recycled();
        return when(
                recycled >= bin.mostRecycled(),
                Code.BIN_QUOTA,
                image,
                "cannot be deleted: your bin in " + image.region() + " has " + Count.of(recycled, "image")
                        + ", which is the limit; purge one of those that GET /images?status=Recycled lists, with DELETE"
                        + " /images/{imageId}?purge=true, or wait for its purgeAt");
    }

    private static Optional<Violation> unforced(Image image, Code code, String is, String remedy, String patch) {
        return Optional.of(violation(
                code,
                image,
                "is " + is + ", which force does not override; " + remedy + " first with PATCH /images/" + image.id()
                        + " " + patch));
    }

    private static Optional<Violation> when(boolean broken, Code code, Image image, String detail) {
        return broken ? Optional.of(violation(code, image, detail)) : Optional.empty();
    }

    private static Violation violation(Code code, Image image, String detail) {
        return Violation.of(code, "imageId", image.id(), "Image " + image.id() + " " + detail);
    }
}
