package imageferry.instance;

import imageferry.image.Image;
import imageferry.rule.Code;
import imageferry.rule.Violation;
import imageferry.sharing.VisibleImages.Seen;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Rules 0 and 8: an image is booted in its own region, and only while usable. */
final class UsePolicies {
    private UsePolicies() {}

    /** @param region the region to boot in; one that the stack serves */
    static List<Violation> violations(Seen seen, String region) {
        return Stream.of(
                        requiresRegion(seen, region),
                        requiresUsable(seen.image(), "be used for an instance or a system disk"))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Violation> requiresUsable(Image image, String use) {
        return image.status().usable() ? Optional.empty() : Optional.of(unusable(image, use));
    }

    static Violation unusable(Image image, String use) {
        return Violation.of(
                Code.INCORRECT_IMAGE_STATUS,
                "imageId",
                image.id(),
                "Image " + image.id() + " is " + image.status() + " and cannot " + use + "; "
                        + switch (image.status()) {
                            case WAITING, CREATING -> "wait until it is Available";
                            case RECYCLED -> "restore it first with POST /images/" + image.id() + "/restore";
                            case AVAILABLE, DEPRECATED, UNAVAILABLE, CREATE_FAILED, DELETING ->
                                "use an Available one, or retry the copy that was meant to make it";
                        });
    }

    private static Optional<Violation> requiresRegion(Seen seen, String region) {
        var image = seen.image();
        var call = "POST /images/" + image.id() + "/copies {\"targets\":[{\"region\":\"" + region + "\"}]}";
        return Violation.when(
                !image.region().name().equals(region),
                Code.IMAGE_IN_OTHER_REGION,
                "region",
                region,
                "Image " + image.id() + " is in " + image.region() + " and cannot be used in " + region + "; "
                        + switch (seen.category()) {
                            case CUSTOM -> "copy it there with " + call + " and use the copy";
                            case SHARED -> "its owner can copy it there with " + call + " and share the copy";
                            case PUBLIC, MARKETPLACE ->
                                "it cannot be copied; GET /images?region=" + region
                                        + "&owner=public lists the images that everybody may use there";
                        });
    }
}
