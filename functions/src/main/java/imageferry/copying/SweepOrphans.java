package imageferry.copying;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import imageferry.id.CopyId;
import imageferry.id.ImageId;
import imageferry.id.SnapshotId;
import imageferry.image.Image;
import imageferry.image.Images;
import imageferry.region.Region;
import imageferry.snapshot.Blob;
import imageferry.snapshot.OpenUpload;
import imageferry.snapshot.SnapshotStore;
import imageferry.snapshot.StoredBlob;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Removes snapshots and uploads that belong to nothing. Only what can never be needed again goes: a copy that ended so,
 * or never was, or an image that is gone, does not come back, so reading first and removing then is safe.
 */
final class SweepOrphans {
    /** Younger bytes are left alone, whatever the records say. */
    static final Duration YOUNG = Duration.ofHours(1);

    private static final int CHUNK = 100;

    private final Copies copies;
    private final Images images;
    private final SnapshotStore store;

    SweepOrphans(Copies copies, Images images, SnapshotStore store) {
        this.copies = copies;
        this.images = images;
        this.store = store;
    }

    void uploads(Region region, Instant now, SweepReport.Tally tally) {
        var old = store.uploads(region, Blob.SNAPSHOTS).stream()
                .filter(upload -> upload.openedAt().isBefore(now.minus(YOUNG)))
                .filter(upload -> snapshot(upload.target()).isPresent())
                .toList();
        for (var chunk : chunks(old)) {
            var makers = makers(chunk.stream().map(OpenUpload::target));
            chunk.stream()
                    .filter(upload -> !needed(upload, maker(upload.target(), makers)))
                    .forEach(upload -> tally.attempt("upload " + upload.id() + " of " + upload.target(), () -> {
                        store.abort(upload.target(), upload.id());
                        tally.uploads++;
                    }));
        }
    }

    /** A retry may still take over the upload of an ended copy, until the sweeper puts the end of that on record. */
    private static boolean needed(OpenUpload upload, Optional<Copy> maker) {
        return maker.filter(copy -> copy.target().equals(upload.target()))
                .filter(copy -> !copy.status().ended()
                        || (copy.resumableUntil() != null && upload.id().equals(copy.upload())))
                .isPresent();
    }

    void objects(Region region, Instant now, SweepReport.Tally tally) {
        var old = store.list(region, Blob.SNAPSHOTS).stream()
                .filter(object -> object.storedAt().isBefore(now.minus(YOUNG)))
                .map(StoredBlob::blob)
                .filter(blob -> snapshot(blob).isPresent())
                .toList();
        for (var chunk : chunks(old)) {
            var makers = makers(chunk.stream());
            var existing = existing(makers.values());
            chunk.stream()
                    .filter(blob -> !needed(blob, maker(blob, makers), existing))
                    .forEach(blob -> tally.attempt(blob, () -> {
                        store.delete(blob);
                        tally.objects++;
                    }));
        }
    }

    private static boolean needed(Blob blob, Optional<Copy> maker, Set<ImageId> existing) {
        return maker.filter(copy -> copy.target().equals(blob))
                .filter(copy -> !copy.status().ended()
                        || copy.resumableUntil() != null
                        || (copy.status() == CopyStatus.AVAILABLE && existing.contains(copy.image())))
                .isPresent();
    }

    private Set<ImageId> existing(Collection<Copy> makers) {
        return images.find(makers.stream().map(Copy::image).collect(toSet())).stream()
                .map(Image::id)
                .collect(toSet());
    }

    /** The copies that first made these snapshots, each followed to the retry that has its snapshot now. */
    private Map<CopyId, Copy> makers(Stream<Blob> blobs) {
        var ids = blobs.flatMap(blob -> snapshot(blob).stream())
                .map(SnapshotId::maker)
                .collect(toSet());
        return copies.find(ids).stream().collect(toMap(Copy::id, this::followed));
    }

    private Copy followed(Copy copy) {
        var last = copy;
        while (last.continuedBy() != null) {
            last = copies.require(last.continuedBy());
        }
        return last;
    }

    private static Optional<Copy> maker(Blob blob, Map<CopyId, Copy> makers) {
        return snapshot(blob).map(SnapshotId::maker).map(makers::get);
    }

    /** Whatever else lies there is not ours to judge. */
    private static Optional<SnapshotId> snapshot(Blob blob) {
        return Optional.of(blob.key().substring(Blob.SNAPSHOTS.length()))
                .filter(SnapshotId::isOne)
                .map(SnapshotId::new);
    }

    private static <T> List<List<T>> chunks(List<T> all) {
        return Stream.iterate(0, from -> from < all.size(), from -> from + CHUNK)
                .map(from -> all.subList(from, Math.min(from + CHUNK, all.size())))
                .toList();
    }
}
