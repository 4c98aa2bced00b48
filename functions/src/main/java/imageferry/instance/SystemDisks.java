package imageferry.instance;

import imageferry.account.Caller;
import imageferry.image.Image;
import imageferry.image.Images;
import imageferry.rule.Result;
import imageferry.sharing.VisibleImages;
import imageferry.snapshot.Checksum;
import imageferry.snapshot.SnapshotStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Links to the bytes of images, for callers that may use them. */
public final class SystemDisks {
    public static final Duration LONGEST = Duration.ofHours(1);

    private final Images images;
    private final VisibleImages visible;
    private final SnapshotStore store;
    private final Duration validFor;
    private final InstantSource clock;

    /**
     * Signs links.
     *
     * @param validFor how long a link works, more than nothing and at most 1 h
     * @throws IllegalArgumentException when it is not
     */
    public SystemDisks(
            Images images, VisibleImages visible, SnapshotStore store, Duration validFor, InstantSource clock) {
        if (!validFor.isPositive() || validFor.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "A download link must be valid for more than 0 s and at most " + LONGEST + ", not " + validFor);
        }
        this.images = images;
        this.visible = visible;
        this.store = store;
        this.validFor = validFor;
        this.clock = clock;
    }

    /** Rule 8: the bytes of an image that the caller sees and that is usable. */
    public Result<SystemDisk> download(Caller caller, String imageId) {
        return visible.find(caller, imageId).then(seen -> {
            var image = seen.image();
            var checksum = image.checksum();
            return image.status().usable() && checksum != null
                    ? Result.accepted(disk(image, checksum))
                    : Result.rejected(List.of(UsePolicies.unusable(image, "be downloaded")));
        });
    }

    /** The system disk of an instance; empty once its image is deleted. A share that was taken back since does not matter. */
    public Optional<SystemDisk> of(Instance instance) {
        return images.find(instance.image())
                .filter(image -> image.status().usable())
                .flatMap(image -> Optional.ofNullable(image.checksum()).map(checksum -> disk(image, checksum)));
    }

    private SystemDisk disk(Image image, Checksum checksum) {
        var expiresAt = clock.instant().plus(validFor);
        var url = store.link(image.blob(), validFor, image.name().value());
        return new SystemDisk(url, expiresAt, image.content().sizeBytes(), checksum);
    }
}
