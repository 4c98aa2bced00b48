package imageferry.copying.request;

import imageferry.image.Category;
import imageferry.image.Image;
import imageferry.image.ImageStatus;
import imageferry.rule.Code;
import imageferry.rule.Violation;
import imageferry.sharing.VisibleImages.Seen;
import imageferry.snapshot.BlobFacts;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Rules 1 and 2: which images can be copied. Each rule answers alone, so that all violations are reported at once. */
final class SourcePolicies {
    private SourcePolicies() {}

    /** Returns every violation of copying the image. */
    static List<Violation> violations(Seen seen) {
        return Stream.of(requiresUnpublished(seen), requiresOwn(seen), requiresAvailable(seen))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Rule 1: refused also for its owner, who withdraws it first. */
    private static Optional<Violation> requiresUnpublished(Seen seen) {
        var isPublic = seen.category() == Category.PUBLIC;
        return when(
                isPublic || seen.category() == Category.MARKETPLACE,
                isPublic ? Code.PUBLIC_IMAGE : Code.MARKETPLACE_IMAGE,
                seen,
                "is " + (isPublic ? "public" : "a marketplace image")
                        + " and cannot be copied; its owner must withdraw it first");
    }

    /** Rule 1: a share grants use, not copy. */
    private static Optional<Violation> requiresOwn(Seen seen) {
        return when(
                seen.category() == Category.SHARED,
                Code.SHARED_IMAGE,
                seen,
                "is shared with you and cannot be copied; ask its owner to copy it and to share the copy");
    }

    /** Rules 2 and 8. */
    private static Optional<Violation> requiresAvailable(Seen seen) {
        return when(
                seen.image().status() != ImageStatus.AVAILABLE,
                Code.INCORRECT_IMAGE_STATUS,
                seen,
                "is " + seen.image().status() + "; only an Available image can be copied");
    }

    private static Optional<Violation> when(boolean broken, Code code, Seen seen, String why) {
        var id = seen.image().id();
        return Violation.when(broken, code, "imageId", id, "Image " + id + " " + why);
    }

    /** The violation of an image whose bytes were deleted outside Imageferry. */
    static Violation bytesGone(Image image) {
        return Violation.of(
                Code.SNAPSHOT_NOT_FOUND,
                "imageId",
                image.id(),
                "The bytes of image " + image.id() + " are gone from " + image.blob()
                        + "; delete the image and import it again");
    }

    /** The canonical part size of an image's copies, in bytes. */
    static long partSize(Image image, BlobFacts facts) {
        var checksum = image.checksum();
        return checksum == null ? facts.sizeBytes() : checksum.partSizeBytes();
    }
}
