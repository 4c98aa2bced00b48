package imageferry.copying.request;

import imageferry.copying.Copies;
import imageferry.copying.request.ImportUpload.Outcome;
import imageferry.region.Region;
import imageferry.region.Regions;
import imageferry.snapshot.BlobFacts;
import imageferry.snapshot.SnapshotStore;
import imageferry.snapshot.StoredBlob;
import imageferry.snapshot.UnreadableObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds the uploads that asked for their import, but whose event was lost. If the event comes after all, it leads to the same
 * copy while that runs, and to nothing once the upload is deleted.
 */
public record LostUploads(SnapshotStore store, Regions regions, Copies copies, ImportUpload importing) {
    /** The time that an event may take. */
    static final Duration LATE = Duration.ofMinutes(10);

    /**
     * The age up to which an upload is examined. S3 dates an object from the beginning of its upload, and region.yaml aborts
     * uploads after eight days.
     */
    static final Duration OLD = Duration.ofDays(9);

    /** The maximum number of uploads that are examined at once, the newest ones, with up to three requests each. */
    private static final int MOST = 500;

    private static final String PREFIX = "imports/";

    /** The uploads to examine, the newest first. */
    public List<StoredBlob> candidates(Region region, Instant now) {
        return store.list(region, PREFIX).stream()
                .filter(upload -> upload.storedAt().isBefore(now.minus(LATE)))
                .filter(upload -> upload.storedAt().isAfter(now.minus(OLD)))
                .sorted(Comparator.comparing(StoredBlob::storedAt).reversed())
                .limit(MOST)
                .toList();
    }

    /** Imports or refuses the upload, if it asked for its import and nothing came of that. Returns whether it did. */
    public boolean imports(StoredBlob upload) {
        return !isKnown(upload) && !(importing.handle(event(upload)) instanceof Outcome.Nothing);
    }

    /** Returns whether an import of the key was requested or refused since the upload. */
    private boolean isKnown(StoredBlob upload) {
        return copies.importsOf(upload.blob(), 1).stream()
                .anyMatch(copy -> !copy.request().createdAt().isBefore(upload.storedAt()));
    }

    private UploadEvent event(StoredBlob upload) {
        var blob = upload.blob();
        var eTag = eTag(upload).orElse(null);
        var version = regions.bucket(blob.region()) + "/" + blob.key() + "#" + eTag + "#" + upload.storedAt();
        return new UploadEvent(blob, eTag, upload.sizeBytes(), version);
    }

    private Optional<String> eTag(StoredBlob upload) {
        try {
            return store.look(upload.blob()).map(BlobFacts::eTag);
        } catch (UnreadableObject _) {
            return Optional.empty();
        }
    }
}
