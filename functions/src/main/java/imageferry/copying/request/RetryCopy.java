package imageferry.copying.request;

import imageferry.account.Caller;
import imageferry.copying.Claim;
import imageferry.copying.Copies;
import imageferry.copying.Copy;
import imageferry.copying.CopyStatus;
import imageferry.copying.Limits;
import imageferry.copying.Source;
import imageferry.copying.VisibleCopies;
import imageferry.copying.queue.OpenTickets;
import imageferry.disk.Disk;
import imageferry.id.CopyId;
import imageferry.id.Ids;
import imageferry.id.ImageId;
import imageferry.id.TicketId;
import imageferry.image.Image;
import imageferry.image.ImageStatus;
import imageferry.image.Images;
import imageferry.image.Versions;
import imageferry.ledger.Commit;
import imageferry.ledger.Ledger;
import imageferry.ledger.LedgerUnavailable;
import imageferry.ledger.Tries;
import imageferry.ledger.Write;
import imageferry.region.Regions;
import imageferry.rule.Result;
import imageferry.rule.Violation;
import imageferry.sharing.VisibleImages;
import imageferry.snapshot.Blob;
import imageferry.snapshot.BlobFacts;
import imageferry.snapshot.PartPlanner;
import imageferry.snapshot.SnapshotStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Does a failed or cancelled copy again, as a new copy with a new image, under all rules. Parts that the old one left in
 * an open upload are taken over in the same transaction, so that only the missing ones are copied.
 */
public final class RetryCopy {
    private final Ledger ledger;
    private final Images images;
    private final VisibleImages visible;
    private final Copies copies;
    private final SnapshotStore store;
    private final Versions versions;
    private final Limits limits;
    private final RetryPolicies policies;
    private final OpenTickets tickets;
    private final UploadPolicies uploads;
    private final PastImports past;
    private final InstantSource clock;
    private final Ids ids;

    public RetryCopy(
            Ledger ledger,
            Images images,
            VisibleImages visible,
            Copies copies,
            SnapshotStore store,
            Regions regions,
            PartPlanner planner,
            Limits limits,
            InstantSource clock,
            Ids ids) {
        this.ledger = ledger;
        this.images = images;
        this.visible = visible;
        this.copies = copies;
        this.store = store;
        this.versions = new Versions(images);
        this.limits = limits;
        this.policies = new RetryPolicies(images, regions, limits);
        this.tickets = new OpenTickets(ledger, clock);
        this.uploads = new UploadPolicies(store, planner);
        this.past = new PastImports(copies, images);
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * The new copy of what was to make the caller's own image; every violation names the image.
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
     * The new copy of what the caller's own copy was to make.
     *
     * @throws LedgerUnavailable when the copy or its source changed each of ten times that it was to be retried
     */
    public Result<CopyId> retry(Caller caller, String copyId) {
        return retry(caller, copyId, new Tries());
    }

    private Result<CopyId> retry(Caller caller, String copyId, Tries tries) {
        tries.next("Copy " + copyId + " or its source", "retried; nothing was begun");
        return new VisibleCopies(copies).owned(caller, copyId).then(old -> retry(caller, old, tries));
    }

    private Result<CopyId> retry(Caller caller, Copy old, Tries tries) {
        if (old.status() != CopyStatus.FAILED && old.status() != CopyStatus.CANCELLED) {
            return Result.rejected(List.of(RetryPolicies.notEnded(old)));
        }
        if (old.end().refused()) {
            return Result.rejected(List.of(RetryPolicies.neverBegun(old)));
        }
        return images.find(old.image())
                .filter(image -> image.status() != ImageStatus.DELETING)
                .map(target -> retry(caller, old, target, tries))
                .orElseGet(() -> Result.rejected(List.of(RetryPolicies.targetDeleted(old))));
    }

    private Result<CopyId> retry(Caller caller, Copy old, Image target, Tries tries) {
        return switch (old.source()) {
            case Source.OfImage(ImageId image, Blob blob) -> {
                var facts = store.look(blob);
                yield visible.find(caller, image.value()).then(seen -> {
                    var violations = policies.ofImage(caller, old, target, seen, facts);
                    return violations.isEmpty()
                            ? commit(
                                    caller,
                                    old,
                                    target,
                                    seen.image(),
                                    seen.image().content().disk(),
                                    facts.orElseThrow(),
                                    partSize(seen.image(), facts.orElseThrow()),
                                    tries)
                            : Result.rejected(violations);
                });
            }
            case Source.OfUpload(Blob blob, Claim claim, var kept) -> {
                var version = versions.newest(
                        old.owner(), old.region(), target.labels().family());
                var upload = past.explained(old.owner(), blob, uploads.look(blob, claim, version));
                var violations = policies.ofUpload(old, target, upload);
                yield violations.isEmpty()
                        ? upload.then(sound -> commit(
                                caller,
                                old,
                                target,
                                null,
                                sound.disk(),
                                sound.facts(),
                                sound.plan().partSizeBytes(),
                                tries))
                        : Result.rejected(violations);
            }
        };
    }

    /** @param source the image that is copied; null for an import */
    private Result<CopyId> commit(
            Caller caller,
            Copy old,
            Image target,
            @Nullable Image source,
            @Nullable Disk disk,
            BlobFacts facts,
            long usualPartSize,
            Tries tries) {
        var now = clock.instant();
        var takesOver = takesOver(old, facts, now);
        var id = CopyId.random(ids);
        var request = Copy.Request.of(caller, now).again(old);
        var fresh = new NewCopy(id, request, NewCopy.pinned(old.source(), facts), old.region(), usualPartSize);
        var plan = takesOver ? fresh.continuing(old) : fresh;
        var pending = source != null && facts.sizeBytes() > limits.approvalAboveBytes();
        var imageId = ImageId.random(ids);
        var enrolment = new Enrolment(
                plan.image(imageId, target.name(), target.labels(), disk),
                pending
                        ? plan.pending(
                                imageId, TicketId.random(ids), old.workflow().ticketReason())
                        : plan.copy(imageId),
                limits);
        var others = new ArrayList<Write>();
        if (source != null) {
            others.add(Images.lockedBy(source.id(), source.owner(), List.of(id)));
        }
        if (takesOver) {
            others.add(Copies.continued(old, id, now));
        }
        var writes = new ArrayList<>(enrolment.writes());
        writes.addAll(others);
        return switch (ledger.commit(writes)) {
            case Commit.Done done -> {
                tickets.of(List.of(enrolment.copy()));
                yield Result.accepted(id);
            }
            case Commit.Refused refused
            when others.stream().anyMatch(refused::of) -> retry(caller, old.id().value(), tries);
            case Commit.Refused refused -> Result.rejected(policies.ofRefusal(old, refused, enrolment));
        };
    }

    private static long partSize(Image source, BlobFacts facts) {
        var checksum = source.checksum();
        return checksum == null ? facts.sizeBytes() : checksum.partSizeBytes();
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
