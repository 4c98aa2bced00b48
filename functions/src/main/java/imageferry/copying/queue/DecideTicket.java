package imageferry.copying.queue;

import static imageferry.ledger.Condition.is;

import imageferry.account.Caller;
import imageferry.copying.Approval;
import imageferry.copying.Copies;
import imageferry.copying.Copy;
import imageferry.copying.CopyRecord;
import imageferry.copying.CopyStatus;
import imageferry.copying.Reason;
import imageferry.id.TicketId;
import imageferry.ledger.Change;
import imageferry.ledger.Ledger;
import imageferry.ledger.Write;
import imageferry.rule.Code;
import imageferry.rule.Result;
import imageferry.ticket.Ticket;
import imageferry.ticket.Tickets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rule 5: the operator's approvers alone approve or reject; a requester decides only if it is one of them. */
public record DecideTicket(Ledger ledger, Tickets tickets, Copies copies, InstantSource clock) {
    /** Lets the copy go on to the queue. */
    public Result<Ticket> approve(Caller caller, String id, @Nullable String reason) {
        return decide(caller, id, Ticket.State.APPROVED, Objects.requireNonNullElse(reason, "Approved"));
    }

    /** Ends the copy. */
    public Result<Ticket> reject(Caller caller, String id, @Nullable String reason) {
        return decide(
                caller, id, Ticket.State.REJECTED, Objects.requireNonNullElse(reason, "Rejected without a reason"));
    }

    private Result<Ticket> decide(Caller caller, String id, Ticket.State state, String reason) {
        return open(caller, id).then(ticket -> {
            var now = clock.instant();
            var decided = Tickets.decided(ticket.id(), state, caller.arn(), reason, now);
            var copy = copies.require(ticket.copy());
            return ledger.commit(List.of(decided, moved(copy, state, caller, reason, now)))
                            .done()
                    ? Result.accepted(tickets.find(ticket.id()).orElseThrow())
                    : open(caller, id)
                            .then(still -> Result.rejected(
                                    Code.INCORRECT_TICKET_STATUS,
                                    "ticketId",
                                    id,
                                    "The copy " + still.copy() + " of ticket " + id
                                            + " no longer waits for approval; look at the copy for how it ended"));
        });
    }

    /** The author and the time of the decision stay with the copy. */
    private static Write moved(Copy copy, Ticket.State state, Caller caller, String reason, Instant now) {
        var approval = new Approval(state.toString(), caller.arn(), now, reason);
        var noted = Change.put(CopyRecord.APPROVAL, approval.item());
        return state == Ticket.State.APPROVED
                ? Copies.moved(copy, CopyStatus.WAITING, is(CopyRecord.STATUS, CopyStatus.PENDING_APPROVAL), now, noted)
                : Copies.decided(
                        copy,
                        CopyStatus.FAILING,
                        new Reason(Reason.TICKET_REJECTED, "The operator rejected the ticket: " + reason),
                        caller.arn(),
                        now,
                        noted);
    }

    private Result<Ticket> open(Caller caller, String id) {
        var ticket = Optional.of(id).filter(TicketId::isOne).map(TicketId::new).flatMap(tickets::find);
        var visible =
                ticket.filter(found -> caller.operator() || found.requester().equals(caller.account()));
        if (visible.isEmpty()) {
            return Result.rejected(
                    Code.TICKET_NOT_FOUND, "ticketId", id, "There is no ticket " + id + "; GET /tickets lists them");
        }
        if (!caller.operator()) {
            return Result.rejected(
                    Code.NOT_OPERATOR,
                    "ticketId",
                    id,
                    "Only the operator decides tickets; " + caller.account() + " may cancel the copy instead");
        }
        if (!caller.approver()) {
            return Result.rejected(
                    Code.NOT_OPERATOR,
                    "ticketId",
                    id,
                    "Only the operator's approvers decide tickets, and " + caller.arn()
                            + " is none of them; add it to ApproverArns");
        }
        var state = visible.get().state();
        return state == Ticket.State.OPEN
                ? Result.accepted(visible.get())
                : Result.rejected(
                        Code.INCORRECT_TICKET_STATUS,
                        "ticketId",
                        id,
                        "Ticket " + id + " is " + state + "; only an Open one can be decided");
    }
}
