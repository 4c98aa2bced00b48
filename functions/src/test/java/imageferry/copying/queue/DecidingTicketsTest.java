package imageferry.copying.queue;

import static imageferry.copying.InMemoryService.AWAY;
import static imageferry.copying.InMemoryService.OPERATOR;
import static imageferry.copying.InMemoryService.OWNER;
import static imageferry.copying.InMemoryService.STRANGER;
import static imageferry.copying.InMemoryService.accepted;
import static imageferry.copying.InMemoryService.codes;
import static imageferry.copying.InMemoryService.violations;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.account.Caller;
import imageferry.copying.Approval;
import imageferry.copying.Copy;
import imageferry.copying.CopyStatus;
import imageferry.copying.DescribeCopies;
import imageferry.copying.Groups;
import imageferry.copying.InMemoryService;
import imageferry.copying.Limits;
import imageferry.copying.Reason;
import imageferry.copying.Step;
import imageferry.copying.StepResult;
import imageferry.copying.request.CancelCopy;
import imageferry.copying.request.RequestCopies;
import imageferry.copying.request.TargetRequest;
import imageferry.id.TicketId;
import imageferry.image.Labels;
import imageferry.ledger.Key;
import imageferry.ledger.Write;
import imageferry.rule.Code;
import imageferry.ticket.Ticket;
import imageferry.ticket.Tickets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Rule 5: the operator alone decides a ticket, once, while its copy waits for that. */
class DecidingTicketsTest {
    private static final Limits NOTHING_PASSES = new Limits(0, 5, 4, 50);
    private static final String NO_TICKET = "k-aaaaaaaaaaaaaaaaa";

    private final InMemoryService service = new InMemoryService();
    private final Tickets tickets = new Tickets(service.ledger);
    private final DecideTicket deciding = new DecideTicket(service.ledger, tickets, service.copies, service.clock);
    private final CancelCopy cancelling =
            new CancelCopy(service.ledger, service.visible, service.copies, service.clock);
    private final RequestApproval parking = new RequestApproval(service.ledger, service.copies, tickets, service.clock);
    private final Copy copy = pending(OWNER);
    private final TicketId ticket = Objects.requireNonNull(copy.workflow().ticket());

    private Copy pending(Caller caller) {
        var target = new TargetRequest(AWAY.name(), null, Labels.NONE, List.of());
        var source = service.image(caller, "golden").id().value();
        var requests = service.requesting(service.ledger, NOTHING_PASSES).requestCopies();
        var group =
                accepted(requests.request(caller, new RequestCopies.Request(source, List.of(target), "Needed", null)));
        return service.copies.require(
                new Groups(service.ledger).find(group).orElseThrow().copies().getFirst());
    }

    private Copy now() {
        return service.copies.require(copy.id());
    }

    private Ticket decided() {
        return tickets.find(ticket).orElseThrow();
    }

    @Test
    void an_approved_copy_waits_for_its_slot_and_keeps_who_approved_it() {
        var approved = accepted(deciding.approve(OPERATOR, ticket.value(), null));

        assertThat(approved).isEqualTo(decided());
        assertThat(approved.state()).isEqualTo(Ticket.State.APPROVED);
        assertThat(approved.decision()).isEqualTo(new Ticket.Decision(OPERATOR.arn(), service.now(), "Approved"));
        assertThat(now().status()).isEqualTo(CopyStatus.WAITING);
        assertThat(now().workflow().approval())
                .isEqualTo(new Approval("Approved", OPERATOR.arn(), service.now(), "Approved"));
    }

    @Test
    void a_rejected_copy_ends_with_the_reason_of_the_operator() {
        accepted(deciding.reject(OPERATOR, ticket.value(), "Too large"));

        assertThat(decided().state()).isEqualTo(Ticket.State.REJECTED);
        assertThat(now().status()).isEqualTo(CopyStatus.FAILING);
        assertThat(now().reason())
                .isEqualTo(new Reason(Reason.TICKET_REJECTED, "The operator rejected the ticket: Too large"));
        assertThat(now().end().by()).isEqualTo(OPERATOR.arn());
        assertThat(now().workflow().approval())
                .isEqualTo(new Approval("Rejected", OPERATOR.arn(), service.now(), "Too large"));
    }

    @Test
    void a_rejection_without_a_reason_says_so() {
        var rejected = accepted(deciding.reject(OPERATOR, ticket.value(), null));

        assertThat(Objects.requireNonNull(rejected.decision()).reason()).isEqualTo("Rejected without a reason");
    }

    @Test
    void the_requester_may_not_decide_and_learns_of_another_way() {
        var refused = deciding.approve(OWNER, ticket.value(), null);

        assertThat(codes(refused)).containsExactly(Code.NOT_OPERATOR);
        assertThat(violations(refused).getFirst().detail())
                .isEqualTo("Only the operator decides tickets; 222222222222 may cancel the copy instead");
        assertThat(now().status()).isEqualTo(CopyStatus.PENDING_APPROVAL);
    }

    @Test
    void a_caller_of_the_operator_that_is_not_an_approver_may_not_decide() {
        var reader = new Caller(OPERATOR.account(), "arn:aws:iam::111111111111:user/reader", true, false);

        for (var refused : List.of(
                deciding.approve(reader, ticket.value(), null), deciding.reject(reader, ticket.value(), null))) {
            assertThat(codes(refused)).containsExactly(Code.NOT_OPERATOR);
            assertThat(violations(refused).getFirst().detail())
                    .isEqualTo("Only the operator's approvers decide tickets, and"
                            + " arn:aws:iam::111111111111:user/reader is none of them; add it to ApproverArns");
        }
        assertThat(now().status()).isEqualTo(CopyStatus.PENDING_APPROVAL);
    }

    @Test
    void another_account_learns_nothing_of_the_ticket() {
        assertThat(codes(deciding.reject(STRANGER, ticket.value(), null))).containsExactly(Code.TICKET_NOT_FOUND);
        assertThat(codes(deciding.approve(OPERATOR, NO_TICKET, null))).containsExactly(Code.TICKET_NOT_FOUND);
        assertThat(codes(deciding.approve(OPERATOR, "no ticket", null))).containsExactly(Code.TICKET_NOT_FOUND);
    }

    @Test
    void an_operator_may_approve_its_own_copy() {
        var own = pending(OPERATOR).workflow().ticket();

        assertThat(accepted(deciding.approve(
                                OPERATOR, Objects.requireNonNull(own).value(), null))
                        .state())
                .isEqualTo(Ticket.State.APPROVED);
    }

    @Test
    void a_decided_ticket_is_not_decided_again() {
        accepted(deciding.approve(OPERATOR, ticket.value(), null));

        var refused = deciding.reject(OPERATOR, ticket.value(), null);

        assertThat(codes(refused)).containsExactly(Code.INCORRECT_TICKET_STATUS);
        assertThat(violations(refused).getFirst().detail())
                .isEqualTo("Ticket " + ticket + " is Approved; only an Open one can be decided");
        assertThat(now().status()).isEqualTo(CopyStatus.WAITING);
    }

    @Test
    void the_ticket_of_a_cancelled_copy_is_not_decided() {
        accepted(cancelling.cancel(OWNER, copy.image().value()));

        var refused = deciding.approve(OPERATOR, ticket.value(), null);

        assertThat(codes(refused)).containsExactly(Code.INCORRECT_TICKET_STATUS);
        assertThat(violations(refused).getFirst().detail())
                .isEqualTo("The copy " + copy.id() + " of ticket " + ticket
                        + " no longer waits for approval; look at the copy for how it ended");
        assertThat(decided().state()).isEqualTo(Ticket.State.OPEN);
    }

    @Test
    void a_cancelled_copy_withdraws_its_ticket() {
        accepted(cancelling.cancel(OWNER, copy.image().value()));

        service.settling.settle(copy.id(), InMemoryService.OUTAGE);

        assertThat(decided().state()).isEqualTo(Ticket.State.WITHDRAWN);
        assertThat(Objects.requireNonNull(decided().decision()))
                .isEqualTo(new Ticket.Decision(
                        Caller.WORKFLOW,
                        service.now(),
                        Objects.requireNonNull(now().reason()).detail()));
    }

    @Test
    void a_ticket_that_nobody_decides_in_time_expires_with_its_copy() {
        service.settling.settle(copy.id(), new Reason(Reason.TIMED_OUT, "30 days"));

        assertThat(decided().state()).isEqualTo(Ticket.State.EXPIRED);
        assertThat(now().reason())
                .isEqualTo(new Reason(
                        Reason.APPROVAL_EXPIRED,
                        "Ticket " + ticket + " was not decided in time; ask the operator, then retry"));
    }

    @Test
    void a_decision_that_was_made_stays_when_the_copy_ends() {
        accepted(deciding.approve(OPERATOR, ticket.value(), null));

        service.settling.settle(copy.id(), new Reason(Reason.TIMED_OUT, "14 days"));

        assertThat(decided().state()).isEqualTo(Ticket.State.APPROVED);
        assertThat(now().reason()).isEqualTo(new Reason(Reason.TIMED_OUT, "14 days"));
    }

    @Test
    void the_operator_sees_every_ticket_and_a_requester_its_own() {
        var describing = new DescribeCopies(service.copies, new Groups(service.ledger), tickets, service.visible);

        assertThat(describing.tickets(OPERATOR, 10, null).tickets()).containsExactly(decided());
        assertThat(describing.tickets(OWNER, 10, null).tickets()).containsExactly(decided());
        assertThat(describing.tickets(STRANGER, 10, null).tickets()).isEmpty();
    }

    @Test
    void a_parked_copy_has_waited_since_it_was_parked_first() {
        var since = service.now();
        assertThat(parking.park(copy.id(), "token-1")).isEqualTo(new StepResult.Done<>(copy.id()));
        service.passes(Duration.ofMinutes(1));
        assertThat(parking.park(copy.id(), "token-2")).isEqualTo(new StepResult.Done<>(copy.id()));

        assertThat(now().workflow().steps()).containsEntry(Step.AWAIT_APPROVAL, since);
        assertThat(Objects.requireNonNull(now().workflow().wake()).token()).isEqualTo("token-2");
    }

    @Test
    void the_workflow_opens_a_ticket_that_a_crash_left_out() {
        service.ledger.commit(List.of(Write.delete(new Key("TICKET#" + ticket, "TICKET"))));

        parking.park(copy.id(), "token");

        assertThat(decided())
                .isEqualTo(new Ticket(
                        ticket,
                        new Ticket.Subject(Ticket.Kind.IMAGE_SIZE, List.of(copy.id()), 1_000),
                        OWNER.account(),
                        "Needed",
                        service.now()));
    }

    @Test
    void an_ended_copy_is_not_parked() {
        accepted(cancelling.cancel(OWNER, copy.image().value()));

        assertThat(parking.park(copy.id(), "token")).isEqualTo(new StepResult.Stopped<>(now()));
        assertThat(now().workflow().wake()).isNull();
    }

    @Test
    void an_approved_copy_is_parked_without_another_ticket() {
        accepted(deciding.approve(OPERATOR, ticket.value(), null));
        service.ledger.commit(List.of(Write.delete(new Key("TICKET#" + ticket, "TICKET"))));

        assertThat(parking.park(copy.id(), "token")).isEqualTo(new StepResult.Done<>(copy.id()));
        assertThat(tickets.find(ticket)).isEmpty();
    }
}
