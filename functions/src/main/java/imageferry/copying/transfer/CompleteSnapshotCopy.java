package imageferry.copying.transfer;

import imageferry.copying.Claim;
import imageferry.copying.Copies;
import imageferry.copying.Copy;
import imageferry.copying.Reason;
import imageferry.copying.Source;
import imageferry.copying.Step;
import imageferry.copying.StepResult;
import imageferry.id.CopyId;
import imageferry.rule.Count;
import imageferry.snapshot.Blob;
import imageferry.snapshot.BlobFacts;
import imageferry.snapshot.Checksum;
import imageferry.snapshot.OpenUpload;
import imageferry.snapshot.Part;
import imageferry.snapshot.SideBySide;
import imageferry.snapshot.SnapshotStore;
import imageferry.snapshot.StoreRefused;
import imageferry.snapshot.StoreUnavailable;
import imageferry.snapshot.UploadGone;
import imageferry.snapshot.UploadId;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes the uploaded parts one object and proves it, part by part, against the source. The proof of a copy is the
 * SHA-256 of each of the source's parts; an import's source has none, so there the sizes, the pinned ETag and the
 * SHA-256 that the store computed while it copied are the reference from then on, held against the checksum that the owner
 * expects, if one was named.
 */
public record CompleteSnapshotCopy(SnapshotStore store, Copies copies, InstantSource clock) {
    /** The proven checksum, also when an earlier call completed the upload and its answer was lost. */
    public StepResult<Checksum> complete(CopyId id) {
        return copies.copying(id).then(this::complete);
    }

    /**
     * Proves the object of a copy that was completed long ago. If its source is gone since, its parts alone must agree with its
     * plan.
     */
    public StepResult<Checksum> prove(CopyId id) {
        return copies.copying(id).then(copy -> prove(copy, reference(copy)));
    }

    private StepResult<Checksum> complete(Copy copy) {
        if (!copy.workflow().steps().containsKey(Step.COMPLETE_SNAPSHOT_COPY)
                && !copies.began(copy.id(), Step.COMPLETE_SNAPSHOT_COPY, clock.instant())) {
            return new StepResult.Stopped<>(copies.require(copy.id()));
        }
        try (var together = new SideBySide()) {
            var made = together.ask(() -> store.look(copy.target()));
            var reference = together.ask(() -> reference(copy));
            var uploaded = together.ask(() -> uploaded(copy));
            var isMade = made.get().isPresent();
            return unless(
                    flawOfSource(copy, reference.get()),
                    () -> isMade ? prove(copy, reference.get()) : join(copy, reference.get(), uploaded));
        } catch (StoreRefused e) {
            return new StepResult.Refused<>(Reason.of(Reason.STORE_REFUSED, e));
        }
    }

    /** Continues when no flaw was found. */
    private static StepResult<Checksum> unless(Optional<Reason> flaw, Supplier<StepResult<Checksum>> next) {
        return flaw.isPresent() ? new StepResult.Corrupt<>(flaw.get()) : next.get();
    }

    /** The source's parts; none for an import. */
    private List<Part> reference(Copy copy) {
        return copy.isImport()
                ? List.of()
                : store.parts(copy.source().blob(), copy.plan().count());
    }

    private static Optional<Reason> flawOfSource(Copy copy, List<Part> parts) {
        return copy.isImport()
                ? Optional.empty()
                : PartsProof.flaw(copy.plan(), parts)
                        .map(flaw -> corrupt("The source " + copy.source().blob() + " cannot be verified: " + flaw));
    }

    private static Reason corrupt(String detail) {
        return new Reason(Reason.CORRUPT, detail);
    }

    private List<Part> uploaded(Copy copy) {
        return store.uploadedParts(copy.target(), upload(copy), 1, copy.plan().count());
    }

    private static UploadId upload(Copy copy) {
        return Objects.requireNonNull(copy.upload(), "an upload is opened before it is completed");
    }

    private StepResult<Checksum> join(Copy copy, List<Part> reference, Supplier<List<Part>> listed) {
        try {
            var uploaded = listed.get();
            return unless(
                    flawOfUpload(copy, uploaded, reference),
                    () -> copies.copying(copy.id()).then(still -> make(copy, uploaded, reference)));
        } catch (UploadGone e) {
            return store.look(copy.target()).isPresent() ? prove(copy, reference) : gone(copy, e);
        } catch (StoreUnavailable e) {
            // The answer may be lost although the object exists, so the object is read.
            if (store.look(copy.target()).isPresent()) {
                return prove(copy, reference);
            }
            throw e;
        }
    }

    private StepResult<Checksum> make(Copy copy, List<Part> uploaded, List<Part> reference) {
        try {
            store.complete(copy.target(), upload(copy), uploaded, copy.bytesTotal());
        } catch (StoreRefused e) {
            // A worker that was given up may have copied a part again since they were listed: then that is the reason.
            var flaw = flawOfUpload(copy, uploaded(copy), reference).orElseThrow(() -> e);
            return new StepResult.Corrupt<>(flaw);
        }
        return prove(copy, uploaded);
    }

    private StepResult<Checksum> prove(Copy copy, List<Part> reference) {
        var target = copy.target();
        try (var together = new SideBySide()) {
            var made = together.ask(() -> store.look(target));
            var parts = together.ask(() -> store.parts(target, copy.plan().count()));
            var strays = together.ask(() -> strays(copy));
            return unless(
                    wrongSize(copy, made.get()).or(() -> flaw(copy, target.toString(), parts.get(), reference)), () -> {
                        strays.get().forEach(stray -> store.abort(target, stray.id()));
                        return proven(copy, Checksum.of(parts.get(), copy.partSizeBytes()));
                    });
        }
    }

    private StepResult<Checksum> proven(Copy copy, Checksum checksum) {
        return copies.proven(copy, checksum, clock.instant())
                ? new StepResult.Done<>(checksum)
                : new StepResult.Stopped<>(copies.require(copy.id()));
    }

    private static Optional<Reason> wrongSize(Copy copy, Optional<BlobFacts> made) {
        var size = made.map(BlobFacts::sizeBytes).orElse(0L);
        return size == copy.bytesTotal()
                ? Optional.empty()
                : Optional.of(corrupt("%s has %s instead of %s"
                        .formatted(copy.target(), Count.of(size, "byte"), Count.of(copy.bytesTotal()))));
    }

    private static Optional<Reason> flawOfUpload(Copy copy, List<Part> uploaded, List<Part> reference) {
        return flaw(copy, "The upload", uploaded, reference);
    }

    private static Optional<Reason> flaw(Copy copy, String what, List<Part> parts, List<Part> reference) {
        var flaw = reference.isEmpty()
                ? PartsProof.flaw(copy.plan(), parts)
                : PartsProof.flaw(copy.plan(), parts, reference);
        return flaw.map(detail -> corrupt(what + " is not the source's copy: " + detail))
                .or(() -> copy.source() instanceof Source.OfUpload(Blob upload, Claim claim, var kept)
                        ? unexpected(upload, claim, Checksum.of(parts, copy.partSizeBytes()))
                        : Optional.empty());
    }

    private static Optional<Reason> unexpected(Blob upload, Claim claim, Checksum found) {
        return claim.composite()
                .filter(expected -> !expected.equals(found.value()))
                .map(expected -> new Reason(
                        Reason.CHECKSUM_MISMATCH,
                        "The checksum of " + upload + " is " + found.value() + " in parts of "
                                + Count.of(found.partSizeBytes(), "byte") + ", not the expected " + expected
                                + "; upload the disk again and import that"));
    }

    /**
     * Returns all open uploads of the target: two concurrent calls may each have opened one, and an unused one would
     * cost money permanently.
     */
    private List<OpenUpload> strays(Copy copy) {
        return store.uploads(copy.region(), copy.target().key()).stream()
                .filter(upload -> upload.target().equals(copy.target()))
                .toList();
    }

    private StepResult<Checksum> gone(Copy copy, UploadGone failure) {
        return copies.copying(copy.id())
                .then(still -> new StepResult.Refused<>(Reason.of(Reason.UPLOAD_GONE, failure)));
    }
}
