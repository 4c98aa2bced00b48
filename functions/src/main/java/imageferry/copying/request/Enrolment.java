package imageferry.copying.request;

import imageferry.copying.Copies;
import imageferry.copying.Copy;
import imageferry.copying.CopyStatus;
import imageferry.copying.Limits;
import imageferry.id.CopyId;
import imageferry.id.TicketId;
import imageferry.image.Image;
import imageferry.image.Images;
import imageferry.image.Quota;
import imageferry.ledger.Write;
import imageferry.ticket.Ticket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A new copy and its future image, with the writes that record both. Id, name and quota are the target's from this moment on.
 *
 * @param ticketReason shown to the operator if a ticket opens
 */
record Enrolment(
        Image image, Copy copy, Limits limits, @Nullable String ticketReason) {
    /** The same copy, which waits for the operator as its request exceeds the bytes of a month. Its bytes are not counted yet. */
    Enrolment beyondTheMonth(TicketId ticket) {
        var pending = new Copy(
                copy.id(),
                copy.request(),
                copy.pinned(),
                copy.destination(),
                CopyStatus.PENDING_APPROVAL,
                copy.transfer().counting(0),
                copy.workflow().pending(ticket, Ticket.Kind.BYTES_PER_MONTH, ticketReason),
                copy.end());
        return new Enrolment(image, pending, limits, ticketReason);
    }

    CopyId id() {
        return copy.id();
    }

    List<Write> writes() {
        return List.of(name(), quota(), Images.created(image), Copies.created(copy));
    }

    Write name() {
        return Images.nameReserved(image);
    }

    Write quota() {
        return Quota.taken(image.owner(), image.region(), limits.imagesPerRegion(), limits.copiesPerRegion());
    }

    static List<Write> writes(List<Enrolment> enrolments) {
        var writes = new ArrayList<Write>();
        enrolments.forEach(enrolment -> writes.addAll(enrolment.writes()));
        return writes;
    }
}
