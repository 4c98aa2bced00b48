package imageferry.copying.request;

import imageferry.image.Category;
import imageferry.image.ImageStatus;
import imageferry.rule.Code;
import imageferry.rule.Violation;
import imageferry.sharing.VisibleImages.Seen;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Rules 1 and 2: which images can be copied. Each rule answers alone, so that all violations are reported at once. */
final class SourcePolicies {
    private SourcePolicies() {}

    /** Every violation of copying the image. */
    static List<Violation> violations(Seen seen) {
        return Stream.of(isNotPublic(seen), isNotFromTheMarketplace(seen), isNotShared(seen), isAvailable(seen))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Rule 1: refused also for its owner, who withdraws it first. */
    private static Optional<Violation> isNotPublic(Seen seen) {
        return refuse(
                seen.category() == Category.PUBLIC,
                Code.PUBLIC_IMAGE,
                seen,
                "is public and cannot be copied; its owner withdraws it first");
    }

    /** Rule 1: refused also for its owner, who withdraws it first. */
    private static Optional<Violation> isNotFromTheMarketplace(Seen seen) {
        return refuse(
                seen.category() == Category.MARKETPLACE,
                Code.MARKETPLACE_IMAGE,
                seen,
                "is a marketplace image and cannot be copied; its owner withdraws it first");
    }

    /** Rule 1: a share grants use, not copy. */
    private static Optional<Violation> isNotShared(Seen seen) {
        return refuse(
                seen.category() == Category.SHARED,
                Code.SHARED_IMAGE,
                seen,
                "is shared with you and cannot be copied; ask its owner to copy it and to share the copy");
    }

    /** Rules 2 and 8. */
    private static Optional<Violation> isAvailable(Seen seen) {
        return refuse(
                seen.image().status() != ImageStatus.AVAILABLE,
                Code.INCORRECT_IMAGE_STATUS,
                seen,
                "is " + seen.image().status() + "; only an Available image can be copied");
    }

    private static Optional<Violation> refuse(boolean broken, Code code, Seen seen, String why) {
        var id = seen.image().id();
        return broken ? Optional.of(Violation.of(code, "imageId", id, "Image " + id + " " + why)) : Optional.empty();
    }
}
