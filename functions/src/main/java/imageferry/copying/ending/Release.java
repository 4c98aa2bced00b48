package imageferry.copying.ending;

import static imageferry.ledger.Condition.is;

import imageferry.account.Caller;
import imageferry.copying.Copies;
import imageferry.copying.Copy;
import imageferry.copying.CopyRecord;
import imageferry.copying.CopyStatus;
import imageferry.copying.Progress;
import imageferry.copying.Progress.Arrived;
import imageferry.copying.Reason;
import imageferry.copying.Source;
import imageferry.copying.queue.Slots;
import imageferry.image.Image;
import imageferry.image.Images;
import imageferry.image.Quota;
import imageferry.ledger.Change;
import imageferry.ledger.Write;
import imageferry.ticket.Ticket;
import imageferry.ticket.Tickets;
import imageferry.usage.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Returns everything that an ended copy holds, as one transaction. These are name and quota, unless another import took them
 * over, slot, source lock, place in the queue and ticket. Its conditions let it happen once.
 */
public record Release(Images images, Copies copies, Slots slots, Tickets tickets, Progress progress) {
    /**
     * Returns the writes; empty when the image was deleted already, as another call settled the copy in between.
     *
     * @param copy a copy with a decided end
     * @param resumableUntil time until which its upload stays open; null when there is none left
     */
    Optional<List<Write>> of(Copy copy, @Nullable Instant resumableUntil, Instant now) {
        var arrived = progress.of(copy.id()).arrived();
        return images.find(copy.image()).map(image -> of(copy, image, arrived, resumableUntil, now));
    }

    /**
     * The writes.
     *
     * @param arrived the bytes in its upload, including those that it took over. They are charged here, once, except
     *     those charged to another copy and those not moved between regions
     */
    private List<Write> of(Copy copy, Image image, Arrived arrived, @Nullable Instant resumableUntil, Instant now) {
        var charged = Math.max(arrived.bytes(), copy.transfer().bytesCharged());
        var saved = Math.min(arrived.saved(), charged - copy.transfer().bytesCharged());
        var writes = new ArrayList<Write>();
        writes.add(ended(copy, charged, saved, resumableUntil, now));
        writes.add(Images.ended(copy.made(), image.uses().reserves(), end(copy).image(), endedBy(copy), now));
        if (image.uses().reserves()) {
            writes.add(Images.nameReleased(image));
            writes.add(Quota.returned(image.owner(), image.region()));
        }
        if (slots.known(copy.region())) {
            writes.add(Slots.released(copy));
        }
        if (copy.workflow().queuedAt() != null) {
            writes.addAll(Slots.dequeued(copy, copy.workflow().queuedAt()));
        }
        if (copy.source() instanceof Source.OfImage source) {
            writes.add(Images.unlockedBy(source.image(), copy.id()));
        }
        ticketWithdrawn(copy, now).ifPresent(writes::add);
        var arrivedNow = charged - copy.transfer().bytesCharged();
        if (copy.movesBetweenRegions() && arrivedNow > 0) {
            writes.add(
                    Usage.moved(copy.owner(), copy.source().region(), copy.region(), arrivedNow - saved, saved, now));
        }
        copy.recounted(arrivedNow - saved).ifPresent(writes::add);
        return writes;
    }

    /** The end of the copy's ticket, if that is open and no other copy waits for it. */
    Optional<Write> ticketWithdrawn(Copy copy, Instant now) {
        return Optional.ofNullable(copy.workflow().ticket())
                .flatMap(tickets::find)
                .filter(ticket -> ticket.state() == Ticket.State.OPEN && isLast(copy, ticket))
                .map(ticket -> withdrawn(copy, ticket, now));
    }

    private static String endedBy(Copy copy) {
        return copy.end().by() == null ? Caller.WORKFLOW : copy.end().by();
    }

    private static CopyStatus end(Copy copy) {
        return copy.status() == CopyStatus.CANCELLING ? CopyStatus.CANCELLED : CopyStatus.FAILED;
    }

    private static Write ended(Copy copy, long charged, long saved, @Nullable Instant resumableUntil, Instant now) {
        var changes = new ArrayList<Change>(List.of(
                Change.put(CopyRecord.BYTES_CHARGED, charged),
                Change.put(CopyRecord.ENDED_AT, now),
                Change.remove(CopyRecord.WAKE)));
        if (saved > 0) {
            changes.add(Change.put(CopyRecord.BYTES_SAVED, saved));
        }
        changes.add(
                resumableUntil == null
                        ? Change.remove(CopyRecord.UNFINISHED)
                        : Change.put(CopyRecord.RESUMABLE_UNTIL, resumableUntil));
        return Copies.moved(copy, end(copy), is(CopyRecord.STATUS, copy.status()), now, changes.toArray(Change[]::new));
    }

    /** Returns whether no other copy of the ticket waits for its decision. */
    private boolean isLast(Copy copy, Ticket ticket) {
        return ticket.subject().copies().stream()
                .filter(other -> !other.equals(copy.id()))
                .map(copies::require)
                .noneMatch(other -> other.status() == CopyStatus.PENDING_APPROVAL);
    }

    private static Write withdrawn(Copy copy, Ticket ticket, Instant now) {
        var reason = copy.reason();
        var expired = reason != null && reason.code().equals(Reason.APPROVAL_EXPIRED);
        return Tickets.decided(
                ticket.id(),
                expired ? Ticket.State.EXPIRED : Ticket.State.WITHDRAWN,
                Caller.WORKFLOW,
                reason == null ? "The copy ended" : reason.detail(),
                now);
    }
}
