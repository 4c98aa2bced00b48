package imageferry.copying;

import imageferry.account.AccountId;
import imageferry.account.Caller;
import imageferry.id.CopyId;
import imageferry.id.GroupId;
import imageferry.id.ImageId;
import imageferry.id.SnapshotId;
import imageferry.id.TicketId;
import imageferry.image.Images;
import imageferry.ledger.Write;
import imageferry.region.Region;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Checksum;
import imageferry.snapshot.PartPlan;
import imageferry.snapshot.UploadId;
import imageferry.ticket.Ticket;
import imageferry.usage.Budget;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The durable job that makes one target image.
 *
 * @param workflow the notes of its steps so far
 * @param end the outcome, set once the end is decided
 */
public record Copy(
        CopyId id,
        Request request,
        Pinned pinned,
        Destination destination,
        CopyStatus status,
        Transfer transfer,
        Workflow workflow,
        End end) {
    /**
     * The request that created the copy.
     *
     * @param group all copies of the same request; null for an import or a retry
     * @param shareWith the accounts that the available image is shared with
     * @param retryOf the copy that this one does again
     */
    public record Request(
            @Nullable GroupId group,
            AccountId owner,
            String requestedBy,
            List<AccountId> shareWith,
            @Nullable CopyId retryOf,
            Instant createdAt) {
        public Request {
            shareWith = List.copyOf(shareWith);
        }

        /** Returns a request for a single image without shares, not a retry. */
        public static Request of(Caller caller, Instant now) {
            return new Request(null, caller.account(), caller.arn(), List.of(), null, now);
        }

        public Request in(GroupId group, List<AccountId> shareWith) {
            return new Request(group, owner, requestedBy, shareWith, retryOf, createdAt);
        }

        public Request again(Copy copy) {
            return new Request(group, owner, requestedBy, copy.shareWith(), copy.id(), createdAt);
        }
    }

    /**
     * The source as it was at the request: every byte comes from that version.
     *
     * @param sizeBytes read from the store, never from the caller
     */
    public record Pinned(Source source, String eTag, long sizeBytes) {}

    /**
     * The image and the snapshot to make.
     *
     * @param image the id of the future image; for a refused import, an id that no image ever has
     * @param partSizeBytes the canonical part size that the snapshot will have
     */
    public record Destination(ImageId image, SnapshotId snapshot, Region region, long partSizeBytes) {}

    /**
     * The state of the bytes.
     *
     * @param upload the open multipart upload, once there is one
     * @param baseSought whether a base was looked for; the result of the first search is kept
     * @param base an older version in the target's region, of which parts are taken
     * @param checksum the proven result, once there is one
     * @param bytesCharged charged already: by the copies whose upload this one took over, and by itself once it has ended
     *     without an image
     * @param bytesCounted of its request's month; 0 before the operator has approved a copy beyond the limit of a month
     */
    public record Transfer(
            @Nullable UploadId upload,
            boolean baseSought,
            @Nullable Base base,
            @Nullable Checksum checksum,
            long bytesCharged,
            long bytesCounted) {
        public static final Transfer NONE = new Transfer(null, false, null, null, 0, 0);

        /** Continues with the upload of an ended copy. */
        public static Transfer continuing(Copy ended) {
            return new Transfer(
                    ended.upload(),
                    NONE.baseSought,
                    NONE.base,
                    NONE.checksum,
                    ended.transfer().bytesCharged,
                    NONE.bytesCounted);
        }

        public Transfer counting(long bytes) {
            return new Transfer(upload, baseSought, base, checksum, bytesCharged, bytes);
        }
    }

    /**
     * The notes of the workflow.
     *
     * @param ticket set when the copy needs the operator's approval
     * @param ticketKind why it needs that
     * @param ticketReason the requester's reason, shown to the operator
     * @param approval set once the operator has decided on the ticket
     * @param queuedAt set once it waits for a slot
     * @param wake where its execution is parked
     * @param steps when each step began
     * @param changedAt the last change of any part of the copy
     */
    public record Workflow(
            @Nullable TicketId ticket,
            Ticket.Kind ticketKind,
            @Nullable String ticketReason,
            @Nullable Approval approval,
            @Nullable Instant queuedAt,
            @Nullable Wake wake,
            Map<Step, Instant> steps,
            Instant changedAt) {
        public Workflow {
            // Sort by step, so that steps that began at the same instant are shown in their order.
            var inOrder = new EnumMap<Step, Instant>(Step.class);
            inOrder.putAll(steps);
            steps = Collections.unmodifiableMap(inOrder);
        }

        public static Workflow begun(Instant now) {
            return new Workflow(
                    null, Ticket.Kind.IMAGE_SIZE, null, null, null, null, Map.of(Step.VALIDATE_COPY, now), now);
        }

        public Workflow pending(TicketId ticket, Ticket.Kind kind, @Nullable String reason) {
            return new Workflow(ticket, kind, reason, approval, queuedAt, wake, steps, changedAt);
        }
    }

    /**
     * The end and what is left to do after it.
     *
     * @param by the principal that ended it
     * @param bytesSaved taken from the base, and so not moved between regions
     * @param resumableUntil an ended copy's upload is kept until then, for a retry to take over
     * @param continuedBy the retry that took over this copy's upload
     * @param sharesDue the accounts that the available image is still to be shared with
     * @param refused whether it is an import that was refused before it made its image
     */
    public record End(
            @Nullable Reason reason,
            @Nullable String by,
            @Nullable Instant at,
            long bytesSaved,
            @Nullable Instant resumableUntil,
            @Nullable CopyId continuedBy,
            Set<AccountId> sharesDue,
            boolean refused) {
        public static final End NONE = new End(null, null, null, 0, null, null, Set.of(), false);

        public End {
            sharesDue = Set.copyOf(sharesDue);
        }

        public static End refused(Reason reason, Instant now) {
            return new End(
                    reason,
                    Caller.WORKFLOW,
                    now,
                    NONE.bytesSaved,
                    NONE.resumableUntil,
                    NONE.continuedBy,
                    NONE.sharesDue,
                    true);
        }
    }

    public AccountId owner() {
        return request.owner;
    }

    public List<AccountId> shareWith() {
        return request.shareWith;
    }

    public Source source() {
        return pinned.source;
    }

    public long bytesTotal() {
        return pinned.sizeBytes;
    }

    public ImageId image() {
        return destination.image;
    }

    public Region region() {
        return destination.region;
    }

    public long partSizeBytes() {
        return destination.partSizeBytes;
    }

    public @Nullable UploadId upload() {
        return transfer.upload;
    }

    public @Nullable Reason reason() {
        return end.reason;
    }

    public PartPlan plan() {
        return new PartPlan(bytesTotal(), partSizeBytes());
    }

    /** Returns the reason of the end, or one that names the status when none was recorded. */
    public Reason endReason() {
        return end.reason == null ? new Reason("CopyEnded", id + " is " + status) : end.reason;
    }

    /** Returns the place that the bytes are copied to. */
    public Blob target() {
        return Blob.of(region(), destination.snapshot);
    }

    public Images.Target made() {
        return new Images.Target(image(), owner(), region());
    }

    public boolean isImport() {
        return source() instanceof Source.OfUpload;
    }

    /** Returns this copy with that number of bytes counted of its request's month. */
    public Copy counting(long bytes) {
        return new Copy(id, request, pinned, destination, status, transfer.counting(bytes), workflow, end);
    }

    /** Returns the bytes that are to cross a region border: all but those that an earlier copy has moved already. */
    public long bytesToMove() {
        return movesBetweenRegions() ? bytesTotal() - transfer.bytesCharged : 0;
    }

    /**
     * Returns the correction of its request's month at its end.
     *
     * @param moved the bytes that it moved between regions
     */
    public Optional<Write> recounted(long moved) {
        var difference = moved - transfer.bytesCounted;
        return movesBetweenRegions() && difference != 0
                ? Optional.of(Budget.corrected(owner(), request.createdAt, difference))
                : Optional.empty();
    }

    /** Returns whether bytes cross a region border, and so cost money. */
    public boolean movesBetweenRegions() {
        return !source().region().equals(region());
    }
}
