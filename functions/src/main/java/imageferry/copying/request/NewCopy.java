package imageferry.copying.request;

import imageferry.account.AccountId;
import imageferry.account.Caller;
import imageferry.copying.Claim;
import imageferry.copying.Copy;
import imageferry.copying.CopyStatus;
import imageferry.copying.Reason;
import imageferry.copying.Source;
import imageferry.copying.Step;
import imageferry.disk.Disk;
import imageferry.id.CopyId;
import imageferry.id.GroupId;
import imageferry.id.ImageId;
import imageferry.id.SnapshotId;
import imageferry.id.TicketId;
import imageferry.image.Image;
import imageferry.image.ImageName;
import imageferry.image.ImageStatus;
import imageferry.image.Labels;
import imageferry.image.Lineage;
import imageferry.region.Region;
import imageferry.snapshot.BlobFacts;
import imageferry.snapshot.PartPlan;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The decisions of a copy request, from which the records of the copy and of its target image follow.
 *
 * @param facts what the store said of the source at that moment; size and ETag are pinned from here on
 * @param partSizeBytes the canonical part size of the target, in bytes
 * @param retried the copy that this one does again
 * @param takesOver whether it goes on with the snapshot and the open upload of the one that it does again
 */
record NewCopy(
        CopyId id,
        @Nullable GroupId group,
        Caller caller,
        Source source,
        Region region,
        BlobFacts facts,
        long partSizeBytes,
        Instant now,
        @Nullable Copy retried,
        boolean takesOver) {
    NewCopy(
            CopyId id,
            @Nullable GroupId group,
            Caller caller,
            Source source,
            Region region,
            BlobFacts facts,
            long partSizeBytes,
            Instant now) {
        this(id, group, caller, source, region, facts, partSizeBytes, now, null, false);
    }

    /** An upload was not imported, for that reason: a copy that begins with its end, makes no image, and holds nothing. */
    static Copy refused(CopyId id, Caller caller, Landing landing, Reason reason, Instant now) {
        var facts = new BlobFacts(landing.sizeBytes(), Objects.requireNonNullElse(landing.eTag(), ""), Map.of());
        var source = new Source.OfUpload(landing.blob(), Claim.NONE, false);
        var plan = new NewCopy(id, null, caller, source, landing.blob().region(), facts, PartPlan.MIN_PART_BYTES, now);
        // Of the same letters as the copy's own id, so that no copy makes an image of that id.
        return plan.copy(new ImageId("m-" + id.value().substring(2)), null, null, List.of(), reason);
    }

    private SnapshotId snapshot() {
        return retried != null && takesOver ? retried.snapshot() : SnapshotId.madeBy(id);
    }

    Image image(ImageId imageId, ImageName name, Labels labels, @Nullable Disk disk, @Nullable Image original) {
        return new Image(
                imageId,
                name,
                region,
                caller.account(),
                ImageStatus.WAITING,
                snapshot(),
                facts.sizeBytes(),
                disk,
                null,
                labels,
                Image.Publication.PRIVATE,
                null,
                false,
                original == null ? null : new Lineage(original.id(), original.region()),
                id,
                Set.of(),
                0,
                0,
                0,
                true,
                now,
                caller.arn());
    }

    /** @param ticket set when the copy waits for the operator's approval first */
    Copy copy(ImageId imageId, @Nullable TicketId ticket, @Nullable String ticketReason, List<AccountId> shareWith) {
        return copy(imageId, ticket, ticketReason, shareWith, null);
    }

    private Copy copy(
            ImageId imageId,
            @Nullable TicketId ticket,
            @Nullable String ticketReason,
            List<AccountId> shareWith,
            @Nullable Reason refusal) {
        var isRefused = refusal != null;
        var first = ticket == null ? CopyStatus.WAITING : CopyStatus.PENDING_APPROVAL;
        return new Copy(
                id,
                group,
                caller.account(),
                caller.arn(),
                source,
                imageId,
                snapshot(),
                region,
                isRefused ? CopyStatus.FAILED : first,
                facts.sizeBytes(),
                facts.eTag(),
                partSizeBytes,
                ticket,
                ticket == null ? null : ticketReason,
                null,
                shareWith,
                Set.of(),
                retried == null ? null : retried.id(),
                retried != null && takesOver ? retried.upload() : null,
                false,
                null,
                null,
                null,
                null,
                refusal,
                isRefused ? Caller.WORKFLOW : null,
                retried != null && takesOver ? retried.bytesCharged() : 0,
                0,
                null,
                null,
                isRefused,
                Map.of(Step.VALIDATE_COPY, now),
                now,
                now,
                isRefused ? now : null);
    }
}
