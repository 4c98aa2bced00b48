package imageferry.copying.queue;

import imageferry.copying.Copies;
import imageferry.copying.Copy;
import imageferry.copying.CopyStatus;
import imageferry.ledger.Ledger;
import imageferry.ledger.LedgerUnavailable;
import imageferry.ledger.Write;
import imageferry.ticket.Ticket;
import imageferry.ticket.Tickets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/**
 * Opens tickets as soon as an answer names them, so that the operator can decide at once. They do not fit into the
 * request's own transaction, which for 20 targets would grow over the 100 items that DynamoDB takes; so the step Await
 * Approval opens those that a crash left out.
 */
public record OpenTickets(Ledger ledger, InstantSource clock) {
    static Write opened(Copy copy, Instant now) {
        return Tickets.opened(new Ticket(
                Objects.requireNonNull(copy.workflow().ticket(), "a copy that pends has a ticket"),
                copy.id(),
                copy.owner(),
                copy.bytesTotal(),
                copy.workflow().ticketReason(),
                now));
    }

    /** Opens the tickets of the pending copies. The request stays accepted when the ledger does not answer now. */
    public void of(List<Copy> copies) {
        try {
            copies.stream()
                    .filter(copy -> copy.status() == CopyStatus.PENDING_APPROVAL)
                    .forEach(copy -> ledger.commit(
                            List.of(Copies.still(copy, CopyStatus.PENDING_APPROVAL), opened(copy, clock.instant()))));
        } catch (LedgerUnavailable later) {
            // Leave the tickets to the step Await Approval.
        }
    }
}
