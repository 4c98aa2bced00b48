package imageferry.copying.ending;

import static java.util.stream.Collectors.toSet;

import imageferry.copying.Copies;
import imageferry.copying.Copy;
import imageferry.copying.CopyStatus;
import imageferry.id.ImageId;
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
import java.util.Optional;
import java.util.Set;

/**
 * Removes snapshots and uploads that belong to nothing. It removes only bytes that can never be needed again: an ended
 * or unknown copy and a deleted image never come back, so reading first and removing later is safe.
 */
record SweepOrphans(Copies copies, Images images, SnapshotStore store) {
    /** The minimum age of removed bytes; younger ones stay in any case. */
    static final Duration YOUNG = Duration.ofHours(1);

    void uploads(Region region, Instant now, SweepReport.Tally tally) {
        var old = store.uploads(region, Blob.SNAPSHOTS).stream()
                .filter(upload -> upload.openedAt().isBefore(now.minus(YOUNG)))
                .filter(upload -> SnapshotCopies.snapshot(upload.target()).isPresent())
                .toList();
        for (var chunk : SnapshotCopies.chunks(old)) {
            var snapshotCopies = SnapshotCopies.of(chunk.stream().map(OpenUpload::target), copies);
            chunk.stream()
                    .filter(upload -> !needed(upload, snapshotCopies.of(upload.target())))
                    .forEach(upload -> tally.attempt("upload " + upload.id() + " of " + upload.target(), () -> {
                        store.abort(upload.target(), upload.id());
                        tally.uploads++;
                    }));
        }
    }

    /** A retry may still take over the upload of an ended copy, until the sweeper puts the end of that on record. */
    private static boolean needed(OpenUpload upload, Optional<Copy> madeBy) {
        return madeBy.filter(copy -> copy.target().equals(upload.target()))
                .filter(copy -> !copy.status().ended()
                        || (copy.end().resumableUntil() != null && upload.id().equals(copy.upload())))
                .isPresent();
    }

    void objects(Region region, Instant now, SweepReport.Tally tally) {
        var old = store.list(region, Blob.SNAPSHOTS).stream()
                .filter(object -> object.storedAt().isBefore(now.minus(YOUNG)))
                .map(StoredBlob::blob)
                .filter(blob -> SnapshotCopies.snapshot(blob).isPresent())
                .toList();
        for (var chunk : SnapshotCopies.chunks(old)) {
            var snapshotCopies = SnapshotCopies.of(chunk.stream(), copies);
            var existing = existing(snapshotCopies.all());
            chunk.stream()
                    .filter(blob -> !needed(blob, snapshotCopies.of(blob), existing))
                    .forEach(blob -> tally.attempt(blob, () -> {
                        store.delete(blob);
                        tally.objects++;
                    }));
        }
    }

    private static boolean needed(Blob blob, Optional<Copy> madeBy, Set<ImageId> existing) {
        return madeBy.filter(copy -> copy.target().equals(blob))
                .filter(copy -> !copy.status().ended()
                        || copy.end().resumableUntil() != null
                        || (copy.status() == CopyStatus.AVAILABLE && existing.contains(copy.image())))
                .isPresent();
    }

    private Set<ImageId> existing(Collection<Copy> found) {
        return images.find(found.stream().map(Copy::image).collect(toSet())).stream()
                .map(Image::id)
                .collect(toSet());
    }
}
