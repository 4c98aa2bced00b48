package imageferry.copying;

import imageferry.account.AccountId;
import imageferry.id.CopyId;
import imageferry.id.GroupId;
import imageferry.id.ImageId;
import imageferry.id.SnapshotId;
import imageferry.id.TicketId;
import imageferry.image.Images;
import imageferry.region.Region;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Checksum;
import imageferry.snapshot.PartPlan;
import imageferry.snapshot.UploadId;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The durable job that makes one target image.
 *
 * @param image the target; of an import that was refused, one that is never made
 * @param refused whether it is an import that was refused before it made its image
 * @param bytesTotal the source's size in bytes, read from the store at the request
 * @param sourceETag pins the source: every byte comes from the version that was asked for
 * @param partSizeBytes the canonical part size that the target will have, in bytes
 * @param ticket set when the copy needs the operator's approval
 * @param sharesDue of the accounts to share with, those that the available copy has not been shared with yet
 * @param approval set once the operator has decided on the ticket
 * @param upload the open multipart upload, once there is one
 * @param baseSought whether a base was looked for; what was found then stays
 * @param base an older version in the target's region, of which parts are taken
 * @param checksum the proven result, once there is one
 * @param steps when each step began
 * @param bytesCharged bytes that were charged already: by the copies whose upload this one took over, and once it has
 *     ended without an image, by itself
 * @param bytesSaved bytes that were taken from the base, and so not moved between regions; known once the copy has ended
 * @param resumableUntil an ended copy's upload is kept until then, for a retry to take over
 * @param continuedBy the retry that took over this copy's upload
 */
public record Copy(
        CopyId id,
        @Nullable GroupId group,
        AccountId owner,
        String requestedBy,
        Source source,
        ImageId image,
        SnapshotId snapshot,
        Region region,
        CopyStatus status,
        long bytesTotal,
        String sourceETag,
        long partSizeBytes,
        @Nullable TicketId ticket,
        @Nullable String ticketReason,
        @Nullable Approval approval,
        List<AccountId> shareWith,
        Set<AccountId> sharesDue,
        @Nullable CopyId retryOf,
        @Nullable UploadId upload,
        boolean baseSought,
        @Nullable Base base,
        @Nullable Checksum checksum,
        @Nullable Instant queuedAt,
        @Nullable Wake wake,
        @Nullable Reason reason,
        @Nullable String endedBy,
        long bytesCharged,
        long bytesSaved,
        @Nullable Instant resumableUntil,
        @Nullable CopyId continuedBy,
        boolean refused,
        Map<Step, Instant> steps,
        Instant createdAt,
        Instant changedAt,
        @Nullable Instant endedAt) {

    public Copy {
        shareWith = List.copyOf(shareWith);
        sharesDue = Set.copyOf(sharesDue);
        // By step, so that two which began at the same instant are shown in their order.
        var inOrder = new EnumMap<Step, Instant>(Step.class);
        inOrder.putAll(steps);
        steps = Collections.unmodifiableMap(inOrder);
    }

    /** The parts that its bytes are copied in. */
    public PartPlan plan() {
        return new PartPlan(bytesTotal, partSizeBytes);
    }

    /** Why it ended; where no reason was noted, its status. */
    public Reason endReason() {
        return reason == null ? new Reason("CopyEnded", id + " is " + status) : reason;
    }

    /** Where the bytes go. */
    public Blob target() {
        return Blob.of(region, snapshot);
    }

    /** The image that it makes. */
    public Images.Target made() {
        return new Images.Target(image, owner, region);
    }

    public boolean isImport() {
        return source instanceof Source.OfUpload;
    }

    /** Whether bytes cross a region border, and so cost money. */
    public boolean movesBetweenRegions() {
        return !source.region().equals(region);
    }
}
