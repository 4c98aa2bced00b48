package imageferry.copying.request;

import imageferry.account.Caller;
import imageferry.copying.Claim;
import imageferry.copying.Copy;
import imageferry.copying.CopyStatus;
import imageferry.copying.Reason;
import imageferry.copying.Source;
import imageferry.disk.Disk;
import imageferry.id.CopyId;
import imageferry.id.ImageId;
import imageferry.id.SnapshotId;
import imageferry.id.TicketId;
import imageferry.image.Image;
import imageferry.image.ImageName;
import imageferry.image.ImageStatus;
import imageferry.image.Labels;
import imageferry.image.Lineage;
import imageferry.region.Region;
import imageferry.snapshot.Blob;
import imageferry.snapshot.BlobFacts;
import imageferry.snapshot.PartPlan;
import imageferry.ticket.Ticket;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A new copy: its record and that of its target image follow from it.
 *
 * @param partSizeBytes the canonical part size of the target
 * @param snapshot a new one, or that of the copy whose upload this one continues
 */
record NewCopy(
        CopyId id,
        Copy.Request request,
        Copy.Pinned pinned,
        Region region,
        long partSizeBytes,
        SnapshotId snapshot,
        Copy.Transfer transfer) {
    NewCopy(CopyId id, Copy.Request request, Copy.Pinned pinned, Region region, long partSizeBytes) {
        this(id, request, pinned, region, partSizeBytes, SnapshotId.madeBy(id), Copy.Transfer.NONE);
    }

    static Copy.Pinned pinned(Source source, BlobFacts facts) {
        return new Copy.Pinned(source, facts.eTag(), facts.sizeBytes());
    }

    /** An upload was not imported, for that reason: a copy that begins with its end, makes no image, and holds nothing. */
    static Copy refused(CopyId id, Caller caller, UploadEvent event, Reason reason, Instant now) {
        var source = new Source.OfUpload(event.blob(), Claim.NONE, false);
        var pinned = new Copy.Pinned(source, Objects.requireNonNullElse(event.eTag(), ""), event.sizeBytes());
        var plan = new NewCopy(
                id, Copy.Request.of(caller, now), pinned, event.blob().region(), PartPlan.MIN_PART_BYTES);
        // Use the characters of the copy's own id, so that no copy makes an image with that id.
        var image = new ImageId("m-" + id.value().substring(2));
        return plan.copy(image, CopyStatus.FAILED, Copy.Workflow.begun(now), Copy.End.refused(reason, now));
    }

    /** The same with the snapshot and the open upload of the copy that it does again. */
    NewCopy continuing(Copy ended) {
        return new NewCopy(
                id,
                request,
                pinned,
                region,
                ended.partSizeBytes(),
                ended.destination().snapshot(),
                Copy.Transfer.continuing(ended));
    }

    Image image(ImageId imageId, ImageName name, Labels labels, @Nullable Disk disk) {
        return new Image(
                imageId,
                region,
                request.owner(),
                ImageStatus.WAITING,
                Image.Terms.of(name, labels),
                Image.Content.unproven(snapshot, pinned.sizeBytes(), disk),
                Image.Uses.NONE,
                new Image.Origin(lineage(), id, request.createdAt(), request.requestedBy()));
    }

    private @Nullable Lineage lineage() {
        return pinned.source() instanceof Source.OfImage(ImageId original, Blob blob)
                ? new Lineage(original, blob.region())
                : null;
    }

    /** Returns the copy that waits for a slot. */
    Copy copy(ImageId imageId) {
        return copy(imageId, CopyStatus.WAITING, Copy.Workflow.begun(request.createdAt()), Copy.End.NONE);
    }

    /** Returns the copy that first waits for the operator's approval. */
    Copy pending(ImageId imageId, TicketId ticket, @Nullable String ticketReason) {
        var workflow = Copy.Workflow.begun(request.createdAt()).pending(ticket, Ticket.Kind.IMAGE_SIZE, ticketReason);
        return copy(imageId, CopyStatus.PENDING_APPROVAL, workflow, Copy.End.NONE);
    }

    private Copy copy(ImageId imageId, CopyStatus status, Copy.Workflow workflow, Copy.End end) {
        var destination = new Copy.Destination(imageId, snapshot, region, partSizeBytes);
        var copy = new Copy(id, request, pinned, destination, status, transfer, workflow, end);
        return copy.counting(copy.bytesToMove());
    }
}
