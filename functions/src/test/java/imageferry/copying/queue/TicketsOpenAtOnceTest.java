package imageferry.copying.queue;

import static imageferry.copying.Ferry.AWAY;
import static imageferry.copying.Ferry.OPERATOR;
import static imageferry.copying.Ferry.OWNER;
import static imageferry.copying.Ferry.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.copying.Copy;
import imageferry.copying.CopyStatus;
import imageferry.copying.Ferry;
import imageferry.copying.Groups;
import imageferry.copying.Limits;
import imageferry.copying.request.CancelCopy;
import imageferry.copying.request.RequestCopies;
import imageferry.copying.request.TargetRequest;
import imageferry.id.TicketId;
import imageferry.image.Labels;
import imageferry.ledger.Key;
import imageferry.ledger.Write;
import imageferry.ticket.Ticket;
import imageferry.ticket.Tickets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Rule 5: an answer names the ticket that the operator decides, so the ticket exists before any step of the workflow
 * runs.
 */
class TicketsOpenAtOnceTest {
    private static final Limits NOTHING_PASSES = new Limits(0, 5, 4, 50);

    private final Ferry ferry = new Ferry();
    private final Tickets tickets = new Tickets(ferry.ledger);
    private final DecideTicket deciding = new DecideTicket(ferry.ledger, tickets, ferry.copies, ferry.clock);
    private final CancelCopy cancelling = new CancelCopy(ferry.ledger, ferry.visible, ferry.copies, ferry.clock);

    @Test
    void the_ticket_of_a_copy_opens_at_once() {
        assertThat(approved(large())).isEqualTo(CopyStatus.WAITING);
    }

    @Test
    void the_ticket_of_a_retry_opens_at_once() {
        var copy = large();
        accepted(cancelling.cancel(OWNER, copy.image().value()));
        ferry.settling.settle(copy.id(), Ferry.OUTAGE);

        var again = accepted(ferry.requesting(ferry.ledger, NOTHING_PASSES)
                .retryCopy()
                .retry(OWNER, copy.id().value()));

        assertThat(approved(ferry.copies.require(again))).isEqualTo(CopyStatus.WAITING);
    }

    @Test
    void the_later_workflow_opens_no_second_ticket() {
        var copy = large();

        new RequestApproval(ferry.ledger, ferry.copies, tickets, ferry.clock).park(copy.id(), "token");

        assertThat(tickets.all(10, null).tickets())
                .singleElement()
                .extracting(Ticket::id)
                .isEqualTo(ticket(copy));
    }

    @Test
    void a_copy_that_was_cancelled_meanwhile_has_no_ticket() {
        var pending = large();
        ferry.ledger.commit(
                List.of(Write.delete(new Key("TICKET#" + pending.workflow().ticket(), "TICKET"))));
        accepted(cancelling.cancel(OWNER, pending.image().value()));

        new OpenTickets(ferry.ledger, ferry.clock).of(List.of(pending));

        assertThat(tickets.all(10, null).tickets()).isEmpty();
    }

    /** A copy that was just requested, with more bytes than pass without approval. */
    private Copy large() {
        var target = new TargetRequest(AWAY.name(), null, Labels.NONE, List.of());
        var source = ferry.image("golden").id().value();
        var request = new RequestCopies.Request(source, List.of(target), "The new region needs it", null);
        var requests = ferry.requesting(ferry.ledger, NOTHING_PASSES).requestCopies();
        var group = accepted(requests.request(OWNER, request));
        return ferry.copies.require(
                new Groups(ferry.ledger).find(group).orElseThrow().copies().getFirst());
    }

    private static TicketId ticket(Copy copy) {
        return Objects.requireNonNull(copy.workflow().ticket());
    }

    private CopyStatus approved(Copy copy) {
        accepted(deciding.approve(OPERATOR, ticket(copy).value(), null));
        return ferry.copies.require(copy.id()).status();
    }
}
