package imageferry.copying;

import imageferry.id.CopyId;
import imageferry.rule.Code;
import imageferry.snapshot.OpenUpload;
import imageferry.snapshot.PartBatch;
import imageferry.snapshot.PartPlan;
import imageferry.snapshot.SnapshotStore;
import imageferry.snapshot.StoreRefused;
import imageferry.snapshot.UploadGone;
import imageferry.snapshot.UploadId;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Plans the parts and opens the upload that they go to; a repeated call finds what the first one opened. */
public final class StartSnapshotCopy {
    private final SnapshotStore store;
    private final Copies copies;
    private final InstantSource clock;

    public StartSnapshotCopy(SnapshotStore store, Copies copies, InstantSource clock) {
        this.store = store;
        this.copies = copies;
        this.clock = clock;
    }

    /** The batches to copy; none when the object is there already, because only the answer of its completion was lost. */
    public StepResult<List<PartBatch>> start(CopyId id) {
        var copy = copies.require(id);
        if (copy.status() != CopyStatus.COPYING) {
            return new StepResult.Stopped<>(copy);
        }
        try {
            if (store.look(copy.target()).isPresent()) {
                return new StepResult.Done<>(List.of());
            }
            var refusal = refusal(copy);
            return refusal.isPresent() ? new StepResult.Refused<>(refusal.get()) : open(copy);
        } catch (StoreRefused e) {
            return new StepResult.Refused<>(Reason.of(Reason.STORE_REFUSED, e));
        }
    }

    private Optional<Reason> refusal(Copy copy) {
        var tooLarge = PartPlan.refusal(copy.bytesTotal(), copy.partSizeBytes());
        if (tooLarge.isPresent()) {
            return tooLarge.map(why -> new Reason(Code.SIZE_EXCEEDED.toString(), why));
        }
        var source = copy.source().blob();
        var facts = store.look(source);
        if (facts.isEmpty()) {
            return Optional.of(new Reason(Reason.SOURCE_CHANGED, source + " is no longer there"));
        }
        if (facts.get().sizeBytes() != copy.bytesTotal() || !facts.get().eTag().equals(copy.sourceETag())) {
            return Optional.of(new Reason(
                    Reason.SOURCE_CHANGED,
                    "%s was overwritten: the request was for %d bytes with ETag %s, now there are %d with %s"
                            .formatted(
                                    source,
                                    copy.bytesTotal(),
                                    copy.sourceETag(),
                                    facts.get().sizeBytes(),
                                    facts.get().eTag())));
        }
        return Optional.empty();
    }

    private StepResult<List<PartBatch>> open(Copy copy) {
        if (isStillOpen(copy)) {
            return batches(copy);
        }
        var upload = findUpload(copy).orElseGet(() -> store.open(copy.target()));
        if (copies.opened(copy, upload, clock.instant())) {
            return batches(copy);
        }
        var now = copies.require(copy.id());
        if (!upload.equals(now.upload())) {
            // Nobody else knows of it, so nobody else would remove it.
            store.abort(copy.target(), upload);
        }
        return now.status() == CopyStatus.COPYING ? open(now) : new StepResult.Stopped<>(now);
    }

    private static StepResult<List<PartBatch>> batches(Copy copy) {
        return new StepResult.Done<>(
                new PartPlan(copy.bytesTotal(), copy.partSizeBytes()).batches().toList());
    }

    private boolean isStillOpen(Copy copy) {
        if (copy.upload() == null) {
            return false;
        }
        try {
            store.uploadedParts(copy.target(), copy.upload());
            return true;
        } catch (UploadGone _) {
            return false;
        }
    }

    /** One that an earlier call opened but could not note any more; of several, always the same. */
    private Optional<UploadId> findUpload(Copy copy) {
        return store.uploads(copy.region(), copy.target().key()).stream()
                .filter(upload -> upload.target().equals(copy.target()))
                .min(Comparator.comparing(OpenUpload::openedAt)
                        .thenComparing(upload -> upload.id().value()))
                .map(OpenUpload::id);
    }
}
