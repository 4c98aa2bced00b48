package imageferry.copying.ending;

import static java.util.stream.Collectors.toSet;

import imageferry.copying.Copies;
import imageferry.copying.Copy;
import imageferry.id.ImageId;
import imageferry.image.Image;
import imageferry.image.ImageStatus;
import imageferry.image.Images;
import imageferry.ledger.Query;
import imageferry.region.Region;
import imageferry.snapshot.Blob;
import imageferry.snapshot.SnapshotStore;
import imageferry.snapshot.StoredBlob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The images that would be lost with a region, of any owner: those stored there, and those that are being made. One whose copy
 * was cancelled or failed has no bytes, and does not keep the region.
 */
public record ImagesOfRegion(Copies copies, Images images, SnapshotStore store) {
    private static final int PAGE = 100;
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);
    private static final Set<ImageStatus> RECORDS_ONLY = Set.of(ImageStatus.UNAVAILABLE, ImageStatus.CREATE_FAILED);

    /** Finds the images. Requests for copies into the region must be stopped before, as later ones are not found. */
    public SortedSet<ImageId> find(Region region, Instant now) {
        var found = new TreeSet<>(Comparator.comparing(ImageId::value));
        addMade(region, found);
        addInTheMaking(region, now, found);
        return found;
    }

    /** Counts those of the images that are in the bin. */
    public long inBin(Collection<ImageId> ids) {
        var all = List.copyOf(ids);
        var recycled = 0L;
        for (var from = 0; from < all.size(); from += PAGE) {
            recycled += images.find(all.subList(from, Math.min(from + PAGE, all.size()))).stream()
                    .filter(image -> image.status() == ImageStatus.RECYCLED)
                    .count();
        }
        return recycled;
    }

    /** Finds the objects among a region's snapshots that no copy in the table made. */
    public List<Blob> unknown(Region region) {
        var blobs = store.list(region, Blob.SNAPSHOTS).stream()
                .map(StoredBlob::blob)
                .toList();
        var unknown = new ArrayList<Blob>();
        for (var chunk : SnapshotCopies.chunks(blobs)) {
            var madeBy = SnapshotCopies.of(chunk.stream(), copies);
            chunk.stream().filter(blob -> madeBy.of(blob).isEmpty()).forEach(unknown::add);
        }
        return unknown;
    }

    private void addMade(Region region, Set<ImageId> found) {
        var blobs = store.list(region, Blob.SNAPSHOTS).stream()
                .map(StoredBlob::blob)
                .toList();
        for (var chunk : SnapshotCopies.chunks(blobs)) {
            var ids = SnapshotCopies.of(chunk.stream(), copies).all().stream()
                    .map(Copy::image)
                    .collect(toSet());
            images.find(ids).stream()
                    .filter(image -> !RECORDS_ONLY.contains(image.status()))
                    .map(Image::id)
                    .forEach(found::add);
        }
    }

    private void addInTheMaking(Region region, Instant now, Set<ImageId> found) {
        Query.@Nullable Position after = null;
        do {
            var page = copies.unfinished(now.plus(CLOCKS_DIFFER), PAGE, after);
            page.copies().stream()
                    .filter(copy ->
                            copy.region().equals(region) && !copy.status().ended())
                    .map(Copy::image)
                    .forEach(found::add);
            after = page.next();
        } while (after != null);
    }
}
