package imageferry.removal;

import imageferry.copying.Copies;
import imageferry.copying.Copy;
import imageferry.id.CopyId;
import imageferry.image.Image;
import imageferry.rule.Code;
import imageferry.rule.Violation;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rules 4, 7 and 10 as far as reading can tell: what stands against deleting an image. The transaction judges again. */
final class DeletionPolicies {
    /** A sentence that lists more copies helps nobody. */
    private static final int MOST_LISTED = 20;

    private final Copies copies;

    DeletionPolicies(Copies copies) {
        this.copies = copies;
    }

    List<Violation> violations(Image image, boolean force) {
        return Stream.of(
                        notBeingCopied(image),
                        notInTheMaking(image),
                        force ? Optional.<Violation>empty() : notShared(image),
                        force ? Optional.<Violation>empty() : notUsed(image),
                        notProtected(image))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Violation> notBeingCopied(Image image) {
        return image.copyingTo().isEmpty()
                ? Optional.empty()
                : refuse(
                        Code.IMAGE_COPYING,
                        image,
                        "Image " + image.id() + " is being copied by " + running(image)
                                + "; wait for them to end, or cancel them");
    }

    private String running(Image image) {
        var ids = image.copyingTo().stream()
                .sorted(Comparator.comparing(CopyId::value))
                .toList();
        var listed = copies.find(ids.stream().limit(MOST_LISTED).toList()).stream()
                .map(DeletionPolicies::inWords)
                .collect(Collectors.joining(", "));
        return ids.size() > MOST_LISTED ? listed + " and " + (ids.size() - MOST_LISTED) + " more" : listed;
    }

    private static String inWords(Copy copy) {
        return copy.id() + " to " + copy.region() + " (POST /images/" + copy.image() + "/cancel-copy)";
    }

    private static Optional<Violation> notInTheMaking(Image image) {
        return image.status().inTheMaking()
                ? refuse(
                        Code.INCORRECT_IMAGE_STATUS,
                        image,
                        "Image " + image.id() + " is " + image.status() + ", " + image.madeBy()
                                + " still makes it; cancel that with POST /images/" + image.id()
                                + "/cancel-copy, then delete the image")
                : Optional.empty();
    }

    private static Optional<Violation> notShared(Image image) {
        return image.shareCount() > 0
                ? refuse(
                        Code.IMAGE_USE_SHARED,
                        image,
                        "Image " + image.id() + " is shared with " + image.shareCount()
                                + " accounts; unshare it, or delete it with force=true")
                : Optional.empty();
    }

    private static Optional<Violation> notUsed(Image image) {
        return image.instanceCount() > 0
                ? refuse(
                        Code.IMAGE_USING_BY_INSTANCE,
                        image,
                        "Image " + image.id() + " is used by " + image.instanceCount()
                                + " instances; delete them, or delete the image with force=true")
                : Optional.empty();
    }

    private static Optional<Violation> notProtected(Image image) {
        return image.isProtected()
                ? refuse(
                        Code.IMAGE_PROTECTED,
                        image,
                        "Image " + image.id() + " is protected, which force does not override; take the protection off"
                                + " first")
                : Optional.empty();
    }

    private static Optional<Violation> refuse(Code code, Image image, String detail) {
        return Optional.of(Violation.of(code, "imageId", image.id(), detail));
    }
}
