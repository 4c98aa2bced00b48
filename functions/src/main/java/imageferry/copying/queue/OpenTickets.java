package imageferry.copying.queue;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import imageferry.copying.Copies;
import imageferry.copying.Copy;
import imageferry.copying.CopyStatus;
import imageferry.id.TicketId;
import imageferry.ledger.Ledger;
import imageferry.ledger.LedgerUnavailable;
import imageferry.ledger.Write;
import imageferry.ticket.Ticket;
import imageferry.ticket.Tickets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;

/**
 * Opens tickets as soon as an answer names them, so that the operator can decide at once. They do not fit into the
 * request's own transaction, which for 20 targets would grow over the 100 items that DynamoDB takes; so the step Await
 * Approval opens those that a crash left out.
 */
public record OpenTickets(Ledger ledger, InstantSource clock) {
    /** @param copies all that share a ticket */
    static Write opened(List<Copy> copies, Instant now) {
        var first = copies.getFirst();
        var ids = copies.stream().map(Copy::id).toList();
        return Tickets.opened(new Ticket(
                ticket(first),
                new Ticket.Subject(first.workflow().ticketKind(), ids, first.bytesTotal()),
                first.owner(),
                first.workflow().ticketReason(),
                now));
    }

    private static TicketId ticket(Copy copy) {
        return Objects.requireNonNull(copy.workflow().ticket(), "a copy that pends has a ticket");
    }

    /** Opens the tickets of the pending copies. The request stays accepted when the ledger does not answer now. */
    public void of(List<Copy> copies) {
        try {
            copies.stream()
                    .filter(copy -> copy.status() == CopyStatus.PENDING_APPROVAL)
                    .collect(groupingBy(OpenTickets::ticket, LinkedHashMap::new, toList()))
                    .values()
                    .forEach(sharing -> ledger.commit(List.of(
                            Copies.still(sharing.getFirst(), CopyStatus.PENDING_APPROVAL),
                            opened(sharing, clock.instant()))));
        } catch (LedgerUnavailable later) {
            // Leave the tickets to the step Await Approval.
        }
    }
}
