package imageferry.copying.transfer;

import imageferry.copying.Base;
import imageferry.copying.Copies;
import imageferry.copying.Copy;
import imageferry.copying.CopyStatus;
import imageferry.copying.Reason;
import imageferry.copying.StepResult;
import imageferry.copying.queue.Slots;
import imageferry.id.CopyId;
import imageferry.image.Images;
import imageferry.image.Versions;
import imageferry.ownership.Ownership;
import imageferry.rule.Code;
import imageferry.rule.Count;
import imageferry.snapshot.BlobFacts;
import imageferry.snapshot.OpenUpload;
import imageferry.snapshot.PartBatch;
import imageferry.snapshot.PartPlan;
import imageferry.snapshot.SideBySide;
import imageferry.snapshot.SnapshotStore;
import imageferry.snapshot.StoreRefused;
import imageferry.snapshot.UploadGone;
import imageferry.snapshot.UploadId;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Plans the parts and opens the upload that they go to; a repeated call finds the upload of the first one. */
public final class StartSnapshotCopy {
    private final SnapshotStore store;
    private final Copies copies;
    private final Images images;
    private final FindBase bases;
    private final RouteRates routes;
    private final Ownership ownership;
    private final InstantSource clock;

    public StartSnapshotCopy(
            SnapshotStore store, Copies copies, Images images, Slots slots, Ownership ownership, InstantSource clock) {
        this.store = store;
        this.copies = copies;
        this.images = images;
        this.bases = new FindBase(images, new Versions(images), store);
        this.routes = new RouteRates(slots);
        this.ownership = ownership;
        this.clock = clock;
    }

    /** The batches to copy; none when the object exists already, because only the answer of its completion was lost. */
    public StepResult<List<PartBatch>> start(CopyId id) {
        return copies.copying(id).then(this::start);
    }

    private StepResult<List<PartBatch>> start(Copy copy) {
        try (var together = new SideBySide()) {
            var made = together.ask(() -> store.look(copy.target()));
            var source = together.ask(() -> store.look(copy.source().blob()));
            var upload = together.ask(() -> openUpload(copy));
            var notOurs = together.ask(() -> ownership.acquire(copy.region()));
            var base = together.ask(() -> copy.transfer().baseSought() ? Optional.<Base>empty() : bases.of(copy));
            if (made.get().isPresent()) {
                return new StepResult.Done<>(List.of());
            }
            var refusal = notOurs.get()
                    .map(why -> new Reason(Reason.REGION_OF_ANOTHER_INSTALLATION, why))
                    .or(() -> tooLarge(copy))
                    .or(() -> changed(copy, source.get()));
            if (refusal.isPresent()) {
                return new StepResult.Refused<>(refusal.get());
            }
            if (!copy.isImport() && !copy.transfer().baseSought()) {
                copies.based(copy.id(), base.get().orElse(null), clock.instant());
            }
            return open(copy, upload.get());
        } catch (StoreRefused e) {
            return new StepResult.Refused<>(Reason.of(Reason.STORE_REFUSED, e));
        }
    }

    private Optional<Reason> tooLarge(Copy copy) {
        return PartPlan.refusal(copy.bytesTotal(), copy.partSizeBytes())
                .or(() -> routes.refusal(
                        copy.source().region(), copy.region(), Math.min(copy.partSizeBytes(), copy.bytesTotal())))
                .map(why -> new Reason(Code.SIZE_EXCEEDED.toString(), why));
    }

    private static Optional<Reason> changed(Copy copy, Optional<BlobFacts> facts) {
        var source = copy.source().blob();
        if (facts.isEmpty()) {
            return Optional.of(new Reason(
                    Reason.SOURCE_CHANGED,
                    source + " is no longer there; copy another image, or upload and import the disk again"));
        }
        if (facts.get().sizeBytes() != copy.bytesTotal()
                || !facts.get().eTag().equals(copy.pinned().eTag())) {
            return Optional.of(new Reason(
                    Reason.SOURCE_CHANGED,
                    "%s was overwritten: the request was for %s with ETag %s, now it has %s with ETag %s"
                            .formatted(
                                    source,
                                    Count.of(copy.bytesTotal(), "byte"),
                                    copy.pinned().eTag(),
                                    Count.of(facts.get().sizeBytes(), "byte"),
                                    facts.get().eTag())));
        }
        return Optional.empty();
    }

    /** @param found one that is open already */
    private StepResult<List<PartBatch>> open(Copy copy, Optional<UploadId> found) {
        if (found.isPresent() && found.get().equals(copy.upload())) {
            return batches(copy);
        }
        var upload = found.orElseGet(() -> openNew(copy));
        if (copies.opened(copy, upload, clock.instant())) {
            return batches(copy);
        }
        var now = copies.require(copy.id());
        if (!upload.equals(now.upload())) {
            // Abort it here: no record has it, so no other call would.
            store.abort(copy.target(), upload);
        }
        return now.status() == CopyStatus.COPYING ? open(now, openUpload(now)) : new StepResult.Stopped<>(now);
    }

    private UploadId openNew(Copy copy) {
        return store.open(
                copy.target(),
                SnapshotMetadata.of(copy, images.find(copy.image()).orElseThrow()));
    }

    private static StepResult<List<PartBatch>> batches(Copy copy) {
        return new StepResult.Done<>(copy.plan().batches().toList());
    }

    private Optional<UploadId> openUpload(Copy copy) {
        return noted(copy).or(() -> findUpload(copy));
    }

    /** The one that the copy names, if it is still open. */
    private Optional<UploadId> noted(Copy copy) {
        var upload = copy.upload();
        if (upload == null) {
            return Optional.empty();
        }
        try {
            store.uploadedParts(copy.target(), upload, 1, 1);
            return Optional.of(upload);
        } catch (UploadGone _) {
            return Optional.empty();
        }
    }

    /** One that an earlier call opened but could not record; of several, always the same. */
    private Optional<UploadId> findUpload(Copy copy) {
        return store.uploads(copy.region(), copy.target().key()).stream()
                .filter(upload -> upload.target().equals(copy.target()))
                .min(Comparator.comparing(OpenUpload::openedAt)
                        .thenComparing(upload -> upload.id().value()))
                .map(OpenUpload::id);
    }
}
