package imageferry.copying.request;

import imageferry.account.Caller;
import imageferry.copying.Claim;
import imageferry.copying.Copies;
import imageferry.copying.Copy;
import imageferry.copying.CopyStatus;
import imageferry.copying.Source;
import imageferry.copying.VisibleCopies;
import imageferry.disk.Disk;
import imageferry.id.CopyId;
import imageferry.id.ImageId;
import imageferry.image.Image;
import imageferry.image.Images;
import imageferry.ledger.LedgerUnavailable;
import imageferry.ledger.Tries;
import imageferry.ledger.Write;
import imageferry.rule.Result;
import imageferry.rule.Violation;
import imageferry.sharing.VisibleImages;
import imageferry.snapshot.Blob;
import imageferry.snapshot.BlobFacts;
import imageferry.snapshot.SnapshotStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Does a failed or cancelled copy again, as a new copy with a new image, under all rules. Parts that the old one left in
 * an open upload are taken over in the same transaction, so that only the missing ones are copied.
 */
public record RetryCopy(
        VisibleImages visible,
        VisibleCopies copies,
        SnapshotStore store,
        UploadPolicies uploads,
        RetryPolicies policies,
        Admission admission) {
    /**
     * Retries the copy or import that was to make the caller's own image; every violation names the image.
     *
     * @throws LedgerUnavailable as {@link #retry} does
     */
    public Result<CopyId> retryImage(Caller caller, String imageId) {
        return visible.find(caller, imageId)
                .then(seen -> seen.image().ownedBy(caller.account())
                        ? ofImage(
                                seen.image().id(),
                                retry(caller, seen.image().madeBy().value()))
                        : VisibleImages.missing(imageId));
    }

    private static Result<CopyId> ofImage(ImageId image, Result<CopyId> retried) {
        var violations = retried.violations().stream()
                .map(violation -> Violation.of(violation.code(), "imageId", image, violation.detail()))
                .toList();
        return violations.isEmpty() ? retried : Result.rejected(violations);
    }

    /**
     * Retries the caller's own copy or import and returns the new copy.
     *
     * @throws LedgerUnavailable when the copy or its source changed during each of ten attempts to retry it
     */
    public Result<CopyId> retry(Caller caller, String copyId) {
        return retry(caller, copyId, new Tries());
    }

    private Result<CopyId> retry(Caller caller, String copyId, Tries tries) {
        tries.next("Copy " + copyId + " or its source", "retried; nothing was begun");
        return copies.owned(caller, copyId).then(old -> retry(caller, old, tries));
    }

    private Result<CopyId> retry(Caller caller, Copy old, Tries tries) {
        if (old.status() != CopyStatus.FAILED && old.status() != CopyStatus.CANCELLED) {
            return Result.rejected(List.of(RetryPolicies.notEnded(old)));
        }
        if (old.end().refused()) {
            return Result.rejected(List.of(RetryPolicies.neverBegun(old)));
        }
        return visible.existing(old.image())
                .map(target -> retry(caller, old, target, tries))
                .orElseGet(() -> Result.rejected(List.of(RetryPolicies.targetDeleted(old))));
    }

    private Result<CopyId> retry(Caller caller, Copy old, Image target, Tries tries) {
        Supplier<Result<CopyId>> again = () -> retry(caller, old.id().value(), tries);
        return switch (old.source()) {
            case Source.OfImage(ImageId id, Blob blob) -> {
                var facts = store.look(blob);
                yield visible.find(caller, id.value()).then(seen -> {
                    var violations = policies.ofImage(caller, old, target, seen, facts.isPresent());
                    if (!violations.isEmpty()) {
                        return Result.rejected(violations);
                    }
                    var partSize = SourcePolicies.partSize(seen.image(), facts.orElseThrow());
                    var plan = plan(caller, old, facts.orElseThrow(), partSize);
                    return admit(old, plan, target, seen.image().content().disk(), again);
                });
            }
            case Source.OfUpload(Blob blob, Claim claim, var kept) -> {
                var upload = uploads.look(old.owner(), blob, claim, target.labels());
                var violations = policies.ofUpload(old, target, upload);
                yield violations.isEmpty()
                        ? upload.then(sound -> admit(
                                old,
                                plan(caller, old, sound.facts(), sound.plan().partSizeBytes()),
                                target,
                                sound.disk(),
                                again))
                        : Result.rejected(violations);
            }
        };
    }

    private NewCopy plan(Caller caller, Copy old, BlobFacts facts, long usualPartSize) {
        var now = admission.now();
        var plan = new NewCopy(
                CopyId.random(admission.ids()),
                Copy.Request.of(caller, now).again(old),
                NewCopy.pinned(old.source(), facts),
                old.region(),
                usualPartSize);
        return takesOver(old, facts, now) ? plan.continuing(old) : plan;
    }

    private Result<CopyId> admit(
            Copy old, NewCopy plan, Image target, @Nullable Disk disk, Supplier<Result<CopyId>> again) {
        var locks = new ArrayList<Write>();
        if (old.source() instanceof Source.OfImage(ImageId source, var blob)) {
            locks.add(Images.lockedBy(source, plan.request().owner(), List.of(plan.id())));
        }
        if (plan.transfer().upload() != null) {
            locks.add(Copies.continued(old, plan.id(), plan.request().createdAt()));
        }
        var reason = old.workflow().ticketReason();
        return admission.admit(
                new Admission.Attempt<>(
                        plan.id(),
                        List.of(admission.enrol(plan, target.name(), target.labels(), disk, reason)),
                        locks,
                        List.of(),
                        Optional::empty,
                        again,
                        admission::openTickets),
                (i, violation) -> RetryPolicies.of(old, violation));
    }

    /** Parts of another version of the source must not be mixed with parts of this one. */
    private static boolean takesOver(Copy old, BlobFacts facts, Instant now) {
        return old.upload() != null
                && old.end().resumableUntil() != null
                && now.isBefore(old.end().resumableUntil())
                && facts.eTag().equals(old.pinned().eTag())
                && facts.sizeBytes() == old.bytesTotal();
    }
}
