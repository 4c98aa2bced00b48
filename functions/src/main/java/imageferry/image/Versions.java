package imageferry.image;

import imageferry.account.AccountId;
import imageferry.region.Region;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The images of one owner that are versions of one another: of one family, or copies of one image. Much of a new version
 * is where an older one lies already.
 */
public final class Versions {
    /** Older ones than the newest so many images of a region are not looked at; one page of the table holds them. */
    private static final int NEWEST = 100;

    private final Images images;

    public Versions(Images images) {
        this.images = images;
    }

    /** The newest usable image of that family in the region. */
    public Optional<Image> newest(AccountId owner, Region region, String family) {
        return newest(owner, region, image -> family.equals(image.labels().family()));
    }

    /** The newest usable version of that image in the region which was cut into parts of that size, in bytes. */
    public Optional<Image> newestLike(Image original, Region region, long partSizeBytes) {
        return newest(
                original.owner(), region, image -> hasParts(image, partSizeBytes) && areVersions(original, image));
    }

    private Optional<Image> newest(AccountId owner, Region region, Predicate<Image> wanted) {
        var ids = images.ownedBy(owner, region, NEWEST, Optional.empty()).entries().stream()
                .map(Listing.Entry::image)
                .toList();
        return images.find(ids).stream()
                .filter(image -> image.status() == ImageStatus.AVAILABLE || image.status() == ImageStatus.DEPRECATED)
                .filter(wanted)
                .findFirst();
    }

    private static boolean hasParts(Image image, long partSizeBytes) {
        var checksum = image.checksum();
        return checksum != null && checksum.partSizeBytes() == partSizeBytes;
    }

    private static boolean areVersions(Image original, Image other) {
        var family = original.labels().family();
        var source = other.source();
        return (family != null && family.equals(other.labels().family()))
                || (source != null && source.image().equals(original.id()));
    }
}
