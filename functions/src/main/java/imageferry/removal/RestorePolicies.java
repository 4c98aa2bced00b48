package imageferry.removal;

import imageferry.image.Image;
import imageferry.image.Images;
import imageferry.region.Regions;
import imageferry.rule.Code;
import imageferry.rule.Violation;
import imageferry.snapshot.SnapshotStore;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Rules 2 and 3: the requirements for restoring an image. The transaction decides on name and place.
 *
 * @param mostImages the maximum number of images for each account and region
 */
public record RestorePolicies(Images images, Regions regions, SnapshotStore store, long mostImages) {
    /**
     * Every violation.
     *
     * @param restored the image as it would be
     */
    List<Violation> violations(Image restored) {
        var enabled = regions.requiresEnabled(restored.region().name());
        return Stream.of(
                        enabled,
                        requiresFreeName(restored),
                        images.quota(restored.owner(), restored.region())
                                .requiresRoom(restored.owner(), restored.region(), mostImages),
                        enabled.isPresent() ? Optional.<Violation>empty() : requiresBytes(restored))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Violation> requiresFreeName(Image restored) {
        return Violation.when(
                images.taken(restored.owner(), restored.region(), restored.name()),
                Code.IMAGE_NAME_DUPLICATED,
                "name",
                restored.name(),
                "You already have an image named " + restored.name() + " in " + restored.region()
                        + "; give the restored image another name in \"name\"");
    }

    private Optional<Violation> requiresBytes(Image restored) {
        return Violation.when(
                store.look(restored.blob()).isEmpty(),
                Code.SNAPSHOT_NOT_FOUND,
                "imageId",
                restored.id(),
                "The bytes of image " + restored.id() + " are gone from " + restored.blob()
                        + "; import the image again");
    }
}
