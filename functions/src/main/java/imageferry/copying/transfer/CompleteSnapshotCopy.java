package imageferry.copying.transfer;

import imageferry.copying.Claim;
import imageferry.copying.Copies;
import imageferry.copying.Copy;
import imageferry.copying.CopyStatus;
import imageferry.copying.Reason;
import imageferry.copying.Source;
import imageferry.copying.StepResult;
import imageferry.id.CopyId;
import imageferry.rule.Count;
import imageferry.snapshot.Blob;
import imageferry.snapshot.BlobFacts;
import imageferry.snapshot.Checksum;
import imageferry.snapshot.OpenUpload;
import imageferry.snapshot.Part;
import imageferry.snapshot.PartPlan;
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
public final class CompleteSnapshotCopy {
    private static final String STEP = "Complete Snapshot Copy";

    private final SnapshotStore store;
    private final Copies copies;
    private final InstantSource clock;

    public CompleteSnapshotCopy(SnapshotStore store, Copies copies, InstantSource clock) {
        this.store = store;
        this.copies = copies;
        this.clock = clock;
    }

    /** The proven checksum, also when an earlier call completed the upload and its answer was lost. */
    public StepResult<Checksum> complete(CopyId id) {
        var copy = copies.require(id);
        if (copy.status() != CopyStatus.COPYING) {
            return new StepResult.Stopped<>(copy);
        }
        if (!copy.steps().containsKey(STEP) && !copies.began(id, STEP, clock.instant())) {
            return new StepResult.Stopped<>(copies.require(id));
        }
        try (var together = new SideBySide()) {
            var made = together.ask(() -> store.look(copy.target()));
            var reference = together.ask(() -> reference(copy));
            var uploaded = together.ask(() -> uploaded(copy));
            return made.get().isPresent() ? prove(copy, reference.get()) : join(copy, reference.get(), uploaded);
        } catch (Flaw flaw) {
            return new StepResult.Corrupt<>(flaw.reason);
        } catch (StoreRefused e) {
            return new StepResult.Refused<>(Reason.of(Reason.STORE_REFUSED, e));
        }
    }

    /** The source's parts; none for an import. */
    private List<Part> reference(Copy copy) {
        if (copy.isImport()) {
            return List.of();
        }
        var plan = plan(copy);
        var parts = store.parts(copy.source().blob(), plan.count());
        PartsProof.flaw(plan, parts).ifPresent(flaw -> {
            throw Flaw.corrupt("The source " + copy.source().blob() + " proves nothing: " + flaw);
        });
        return parts;
    }

    private List<Part> uploaded(Copy copy) {
        return store.uploadedParts(copy.target(), upload(copy), 1, plan(copy).count());
    }

    private static UploadId upload(Copy copy) {
        return Objects.requireNonNull(copy.upload(), "an upload is opened before it is completed");
    }

    private StepResult<Checksum> join(Copy copy, List<Part> reference, Supplier<List<Part>> listed) {
        try {
            var uploaded = listed.get();
            requireFlawless(copy, "The upload", uploaded, reference);
            var now = copies.require(copy.id());
            if (now.status() != CopyStatus.COPYING) {
                return new StepResult.Stopped<>(now);
            }
            make(copy, uploaded, reference);
            return prove(copy, uploaded);
        } catch (UploadGone e) {
            return store.look(copy.target()).isPresent() ? prove(copy, reference) : gone(copy, e);
        } catch (StoreUnavailable e) {
            // The answer may be lost, the object made: it is looked at, never guessed.
            if (store.look(copy.target()).isPresent()) {
                return prove(copy, reference);
            }
            throw e;
        }
    }

    private void make(Copy copy, List<Part> uploaded, List<Part> reference) {
        try {
            store.complete(copy.target(), upload(copy), uploaded, copy.bytesTotal());
        } catch (StoreRefused e) {
            // A worker that was given up may have copied a part again since they were listed: then that is the reason.
            requireFlawless(copy, "The upload", uploaded(copy), reference);
            throw e;
        }
    }

    private StepResult<Checksum> prove(Copy copy, List<Part> reference) {
        var target = copy.target();
        try (var together = new SideBySide()) {
            var made = together.ask(() -> store.look(target));
            var parts = together.ask(() -> store.parts(target, plan(copy).count()));
            var strays = together.ask(() -> strays(copy));
            requireSize(copy, made.get());
            requireFlawless(copy, target.toString(), parts.get(), reference);
            strays.get().forEach(stray -> store.abort(target, stray.id()));
            var checksum = Checksum.of(parts.get(), copy.partSizeBytes());
            return copies.proven(copy, checksum, clock.instant())
                    ? new StepResult.Done<>(checksum)
                    : new StepResult.Stopped<>(copies.require(copy.id()));
        }
    }

    private static void requireSize(Copy copy, Optional<BlobFacts> made) {
        var size = made.map(BlobFacts::sizeBytes).orElse(0L);
        if (size != copy.bytesTotal()) {
            throw Flaw.corrupt("%s has %s instead of %s"
                    .formatted(copy.target(), Count.of(size, "byte"), Count.of(copy.bytesTotal())));
        }
    }

    private static void requireFlawless(Copy copy, String what, List<Part> parts, List<Part> reference) {
        var flaw = reference.isEmpty()
                ? PartsProof.flaw(plan(copy), parts)
                : PartsProof.flaw(plan(copy), parts, reference);
        flaw.ifPresent(detail -> {
            throw Flaw.corrupt(what + " is not the source's copy: " + detail);
        });
        if (copy.source() instanceof Source.OfUpload(Blob upload, Claim claim, var kept)) {
            requireExpected(upload, claim, Checksum.of(parts, copy.partSizeBytes()));
        }
    }

    private static void requireExpected(Blob upload, Claim claim, Checksum found) {
        var expected = claim.composite().orElse(found.value());
        if (!expected.equals(found.value())) {
            throw new Flaw(new Reason(
                    Reason.CHECKSUM_MISMATCH,
                    "The checksum of " + upload + " is " + found.value() + " in parts of "
                            + Count.of(found.partSizeBytes(), "byte") + ", not the expected " + expected
                            + "; upload the disk again and import that"));
        }
    }

    /** Two calls at once may each have opened an upload; the one that was not used would cost its parts forever. */
    private List<OpenUpload> strays(Copy copy) {
        return store.uploads(copy.region(), copy.target().key()).stream()
                .filter(upload -> upload.target().equals(copy.target()))
                .toList();
    }

    private StepResult<Checksum> gone(Copy copy, UploadGone failure) {
        var now = copies.require(copy.id());
        return now.status() == CopyStatus.COPYING
                ? new StepResult.Refused<>(Reason.of(Reason.UPLOAD_GONE, failure))
                : new StepResult.Stopped<>(now);
    }

    private static PartPlan plan(Copy copy) {
        return new PartPlan(copy.bytesTotal(), copy.partSizeBytes());
    }

    /** Carries what is wrong with the bytes out of the proof. */
    private static final class Flaw extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Reason reason;

        Flaw(Reason reason) {
            super(reason.detail());
            this.reason = reason;
        }

        static Flaw corrupt(String detail) {
            return new Flaw(new Reason(Reason.CORRUPT, detail));
        }
    }
}
