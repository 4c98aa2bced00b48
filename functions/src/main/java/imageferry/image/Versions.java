package imageferry.image;

import imageferry.account.AccountId;
import imageferry.ledger.Selection;
import imageferry.region.Region;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The images of one owner that are versions of one another: of one family, or copies of one image. Much of a new version is
 * already in the target region, stored with an older one.
 */
public final class Versions {
    /** The newest images of a family, or of a region, that are considered; older ones are not. */
    private static final int NEWEST = 100;

    private static final int READS = 10;

    private final Images images;

    public Versions(Images images) {
        this.images = images;
    }

    /** The newest usable image of that family in the region; none for an image that is in no family. */
    public Optional<Image> newest(AccountId owner, Region region, @Nullable String family) {
        return family == null
                ? Optional.empty()
                : newest(
                        owner,
                        Selection.ALL.ofRegion(region.name()).ofFamily(family),
                        image -> family.equals(image.labels().family()));
    }

    /** The newest usable version of that image in the region which was cut into parts of that size, in bytes. */
    public Optional<Image> newestLike(Image original, Region region, long partSizeBytes) {
        return newest(
                original.owner(),
                Selection.ALL.ofRegion(region.name()),
                image -> hasParts(image, partSizeBytes) && areVersions(original, image));
    }

    /** The index may lag behind, so the images themselves are read before one is chosen. */
    private Optional<Image> newest(AccountId owner, Selection selection, Predicate<Image> wanted) {
        var part = Listing.Part.first(selection, NEWEST, READS);
        var ids = images.ownedBy(owner, part).entries().stream()
                .map(entry -> entry.image().id())
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
        var source = other.origin().source();
        return (family != null && family.equals(other.labels().family()))
                || (source != null && source.image().equals(original.id()));
    }
}
