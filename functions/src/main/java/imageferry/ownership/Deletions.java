package imageferry.ownership;

import imageferry.region.Region;
import imageferry.snapshot.Blob;
import imageferry.snapshot.SnapshotStore;
import imageferry.snapshot.UploadId;
import java.time.Instant;
import java.util.Optional;

/**
 * The only way to delete a snapshot. It reads the owner of the bucket before each deletion.
 *
 * @param paused deletes nothing, wherever it is
 */
public record Deletions(SnapshotStore store, Ownership ownership, boolean paused) {
    /** The reason why nothing may be deleted in the region now; empty when deletions are allowed. */
    public Optional<String> refusal(Region region) {
        return paused
                ? Optional.of("Deletions are paused, because the parameter SweepDeletes is false")
                : ownership.refusal(region);
    }

    /**
     * Returns whether what was decided or made at that time has to stay. A table that was restored from a backup repeats
     * decisions that were changed since, until the operator has confirmed the restore.
     */
    public boolean waitsForConfirmation(Instant recordedAt) {
        return ownership
                .identity()
                .restoredAt()
                .filter(restoredAt -> !recordedAt.isAfter(restoredAt))
                .isPresent();
    }

    /**
     * Deletes a snapshot; an absent one is ignored.
     *
     * @param recordedAt when the deletion was decided
     * @throws DeletionRefused when nothing may be deleted in the region, or a restore waits for its confirmation
     */
    public void delete(Blob blob, Instant recordedAt) {
        require(blob.region());
        require(recordedAt);
        store.delete(blob);
    }

    /**
     * Deletes a snapshot that the table does not need.
     *
     * @throws DeletionRefused as {@link #delete}, whenever the snapshot was made: a restored table may have lost its image
     */
    public void deleteOrphan(Blob blob) {
        delete(blob, Instant.MIN);
    }

    /**
     * Aborts the upload of a snapshot.
     *
     * @param recordedAt when the upload was opened, or its copy requested
     * @throws DeletionRefused when nothing may be deleted in the region, or a restore waits for its confirmation
     */
    public void abort(Blob target, UploadId upload, Instant recordedAt) {
        require(target.region());
        require(recordedAt);
        store.abort(target, upload);
    }

    private void require(Instant recordedAt) {
        if (waitsForConfirmation(recordedAt)) {
            throw new DeletionRefused("The table was restored from a backup; nothing recorded before is deleted until"
                    + " ./stacks restore --confirm");
        }
    }

    /** @throws DeletionRefused when nothing may be deleted in the region */
    public void require(Region region) {
        refusal(region).ifPresent(reason -> {
            throw new DeletionRefused(reason);
        });
    }
}
