package imageferry.copying.queue;

import static imageferry.copying.InMemoryService.AWAY;
import static imageferry.copying.InMemoryService.OPERATOR;
import static imageferry.copying.InMemoryService.OWNER;
import static imageferry.copying.InMemoryService.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.copying.Copy;
import imageferry.copying.CopyStatus;
import imageferry.copying.Groups;
import imageferry.copying.InMemoryService;
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

    private final InMemoryService service = new InMemoryService();
    private final Tickets tickets = new Tickets(service.ledger);
    private final DecideTicket deciding = new DecideTicket(service.ledger, tickets, service.copies, service.clock);
    private final CancelCopy cancelling =
            new CancelCopy(service.ledger, service.visible, service.copies, service.clock);

    @Test
    void the_ticket_of_a_copy_opens_at_once() {
        assertThat(approved(large())).isEqualTo(CopyStatus.WAITING);
    }

    @Test
    void the_ticket_of_a_retry_opens_at_once() {
        var copy = large();
        accepted(cancelling.cancel(OWNER, copy.image().value()));
        service.settling.settle(copy.id(), InMemoryService.OUTAGE);

        var again = accepted(service.requesting(service.ledger, NOTHING_PASSES)
                .retryCopy()
                .retry(OWNER, copy.id().value()));

        assertThat(approved(service.copies.require(again))).isEqualTo(CopyStatus.WAITING);
    }

    @Test
    void the_later_workflow_opens_no_second_ticket() {
        var copy = large();

        new RequestApproval(service.ledger, service.copies, tickets, service.clock).park(copy.id(), "token");

        assertThat(tickets.all(10, null).tickets())
                .singleElement()
                .extracting(Ticket::id)
                .isEqualTo(ticket(copy));
    }

    @Test
    void a_copy_that_was_cancelled_meanwhile_has_no_ticket() {
        var pending = large();
        service.ledger.commit(
                List.of(Write.delete(new Key("TICKET#" + pending.workflow().ticket(), "TICKET"))));
        accepted(cancelling.cancel(OWNER, pending.image().value()));

        new OpenTickets(service.ledger, service.clock).of(List.of(pending));

        assertThat(tickets.all(10, null).tickets()).isEmpty();
    }

    /** A copy that was just requested, with more bytes than pass without approval. */
    private Copy large() {
        var target = new TargetRequest(AWAY.name(), null, Labels.NONE, List.of());
        var source = service.image("golden").id().value();
        var request = new RequestCopies.Request(source, List.of(target), "The new region needs it", null);
        var requests = service.requesting(service.ledger, NOTHING_PASSES).requestCopies();
        var group = accepted(requests.request(OWNER, request));
        return service.copies.require(
                new Groups(service.ledger).find(group).orElseThrow().copies().getFirst());
    }

    private static TicketId ticket(Copy copy) {
        return Objects.requireNonNull(copy.workflow().ticket());
    }

    private CopyStatus approved(Copy copy) {
        accepted(deciding.approve(OPERATOR, ticket(copy).value(), null));
        return service.copies.require(copy.id()).status();
    }
}
