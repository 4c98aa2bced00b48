package imageferry.copying.request;

import static imageferry.ledger.Condition.all;
import static imageferry.ledger.Condition.is;
import static imageferry.ledger.Condition.lacks;

import imageferry.copying.Claim;
import imageferry.copying.Copies;
import imageferry.copying.Copy;
import imageferry.copying.CopyRecord;
import imageferry.copying.CopyStatus;
import imageferry.copying.Reason;
import imageferry.copying.Source;
import imageferry.copying.StepResult;
import imageferry.disk.Recogniser;
import imageferry.id.CopyId;
import imageferry.id.TicketId;
import imageferry.image.Image;
import imageferry.image.ImageStatus;
import imageferry.image.Images;
import imageferry.ledger.Change;
import imageferry.region.Regions;
import imageferry.rule.Code;
import imageferry.snapshot.Blob;
import imageferry.snapshot.SnapshotStore;
import imageferry.snapshot.SourceChanged;
import imageferry.snapshot.StoreRefused;
import imageferry.snapshot.UnreadableObject;
import java.util.List;
import java.util.Optional;

/** Checks the rules of the request again, as time has passed since, and decides the next wait of the copy. */
public record ValidateCopy(Copies copies, Images images, SnapshotStore store, Regions regions, Admission admission) {
    /** The next step of a valid copy. */
    public enum Route {
        APPROVAL("approval"),
        SLOT("slot");

        private final String word;

        Route(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /** The way to go, or the violation that the copy has now. */
    public StepResult<Route> validate(CopyId id) {
        var copy = copies.require(id);
        if (!copy.status().live()) {
            return new StepResult.Stopped<>(copy);
        }
        try {
            var broken = broken(copy);
            if (broken.isPresent()) {
                return new StepResult.Refused<>(broken.get());
            }
        } catch (UnreadableObject unreadable) {
            return new StepResult.Refused<>(Reason.of(Reason.SOURCE_CHANGED, unreadable));
        } catch (SourceChanged changed) {
            return new StepResult.Refused<>(Reason.of(Reason.SOURCE_CHANGED, changed));
        } catch (StoreRefused refused) {
            return new StepResult.Refused<>(Reason.of(Reason.STORE_REFUSED, refused));
        }
        if (copy.status() == CopyStatus.PENDING_APPROVAL) {
            return new StepResult.Done<>(Route.APPROVAL);
        }
        return outgrewTheLimit(copy) ? pended(copy) : new StepResult.Done<>(Route.SLOT);
    }

    /** Returns whether the operator lowered the limit since the request. An approved copy keeps its approval. */
    private boolean outgrewTheLimit(Copy copy) {
        return copy.status() == CopyStatus.WAITING
                && !copy.isImport()
                && copy.workflow().ticket() == null
                && admission.needsApproval(copy.bytesTotal());
    }

    private StepResult<Route> pended(Copy copy) {
        admission.commits(List.of(Copies.moved(
                copy,
                CopyStatus.PENDING_APPROVAL,
                all(
                        is(CopyRecord.STATUS, CopyStatus.WAITING),
                        lacks(CopyRecord.TICKET_ID),
                        lacks(CopyRecord.QUEUED_AT)),
                admission.now(),
                Change.put(CopyRecord.TICKET_ID, TicketId.random(admission.ids())))));
        return copies.require(copy.id()).status() == CopyStatus.PENDING_APPROVAL
                ? new StepResult.Done<>(Route.APPROVAL)
                : new StepResult.Done<>(Route.SLOT);
    }

    private Optional<Reason> broken(Copy copy) {
        return regions.requiresEnabled(copy.region().name())
                .map(Reason::of)
                .or(() -> sourceImageBroken(copy))
                .or(() -> bytesBroken(copy));
    }

    private Optional<Reason> sourceImageBroken(Copy copy) {
        if (!(copy.source() instanceof Source.OfImage source)) {
            return Optional.empty();
        }
        var sound = images.find(source.image())
                .filter(image -> image.status() == ImageStatus.AVAILABLE)
                .filter(image -> image.publication() == Image.Publication.PRIVATE)
                .filter(image -> image.ownedBy(copy.owner()))
                .isPresent();
        return sound
                ? Optional.empty()
                : Optional.of(new Reason(
                        Code.INCORRECT_IMAGE_STATUS.toString(),
                        "Source image " + source.image()
                                + " is no longer an Available custom image of yours; copy another one"));
    }

    private Optional<Reason> bytesBroken(Copy copy) {
        var blob = copy.source().blob();
        var same = store.look(blob)
                .filter(facts -> facts.eTag().equals(copy.pinned().eTag()) && facts.sizeBytes() == copy.bytesTotal());
        if (same.isEmpty()) {
            return Optional.of(new Reason(
                    Reason.SOURCE_CHANGED,
                    "The source " + blob + " was deleted or overwritten since the request; request it again"));
        }
        return copy.source() instanceof Source.OfUpload(Blob upload, Claim claim, var kept)
                ? UploadPolicies.requiresDisk(
                                upload,
                                Recogniser.recognise(new UploadedDisk(store, upload, same.get()), claim.format()))
                        .map(Reason::of)
                : Optional.empty();
    }
}
