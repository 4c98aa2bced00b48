package imageferry.ownership;

import imageferry.region.Region;
import imageferry.snapshot.Blob;
import imageferry.snapshot.SnapshotStore;
import imageferry.snapshot.UploadId;
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
     * Deletes a snapshot; an absent one is ignored.
     *
     * @throws DeletionRefused when nothing may be deleted in the region
     */
    public void delete(Blob blob) {
        require(blob.region());
        store.delete(blob);
    }

    /**
     * Aborts the upload of a snapshot.
     *
     * @throws DeletionRefused when nothing may be deleted in the region
     */
    public void abort(Blob target, UploadId upload) {
        require(target.region());
        store.abort(target, upload);
    }

    /** @throws DeletionRefused when nothing may be deleted in the region */
    public void require(Region region) {
        refusal(region).ifPresent(reason -> {
            throw new DeletionRefused(reason);
        });
    }
}
