package imageferry.copying.ending;

import imageferry.copying.Copies;
import imageferry.copying.Copy;
import imageferry.ownership.Deletions;
import imageferry.region.Region;
import imageferry.snapshot.Blob;
import imageferry.snapshot.OpenUpload;
import java.time.Instant;
import java.util.Optional;

/** Aborts the uploads that no copy needs. An ended or unknown copy never comes back, so reading first is safe. */
record SweepUploads(Copies copies, Deletions deletions) {
    void sweep(Region region, Instant now, SweepReport.Tally tally) {
        var old = deletions.store().uploads(region, Blob.SNAPSHOTS).stream()
                .filter(upload -> upload.openedAt().isBefore(now.minus(SweepOrphans.YOUNG)))
                .filter(upload -> SnapshotCopies.snapshot(upload.target()).isPresent())
                .toList();
        for (var chunk : SnapshotCopies.chunks(old)) {
            var snapshotCopies = SnapshotCopies.of(chunk.stream().map(OpenUpload::target), copies);
            chunk.stream()
                    .filter(upload -> !needed(upload, snapshotCopies.of(upload.target())))
                    .filter(upload -> !deletions.waitsForConfirmation(upload.openedAt()))
                    .forEach(upload -> tally.attempt("upload " + upload.id() + " of " + upload.target(), () -> {
                        deletions.abort(upload.target(), upload.id(), upload.openedAt());
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
}
