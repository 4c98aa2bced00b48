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
import imageferry.ledger.LedgerUnavailable;
import imageferry.ledger.Tries;
import imageferry.ledger.Write;
import imageferry.rule.Code;
import imageferry.rule.Result;
import imageferry.ticket.Ticket;
import imageferry.ticket.Tickets;
import imageferry.usage.Budget;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rule 5: the operator's approvers alone approve or reject; a requester decides only if it is one of them. */
public record DecideTicket(Ledger ledger, Tickets tickets, Copies copies, InstantSource clock) {
    /**
     * Lets the copies go on to the queue.
     *
     * @throws LedgerUnavailable when a copy changed during each of ten attempts to decide
     */
    public Result<Ticket> approve(Caller caller, String id, @Nullable String reason) {
        return decide(
                caller,
                id,
                new Wanted(Ticket.State.APPROVED, Objects.requireNonNullElse(reason, "Approved")),
                new Tries());
    }

    /** Ends the copies. */
    public Result<Ticket> reject(Caller caller, String id, @Nullable String reason) {
        var why = Objects.requireNonNullElse(reason, "Rejected without a reason");
        return decide(caller, id, new Wanted(Ticket.State.REJECTED, why), new Tries());
    }

    private record Wanted(Ticket.State state, String reason) {}

    private Result<Ticket> decide(Caller caller, String id, Wanted wanted, Tries tries) {
        return open(caller, id).then(ticket -> {
            var pending = ticket.subject().copies().stream()
                    .map(copies::require)
                    .filter(copy -> copy.status() == CopyStatus.PENDING_APPROVAL)
                    .toList();
            if (pending.isEmpty()) {
                return Result.rejected(
                        Code.INCORRECT_TICKET_STATUS,
                        "ticketId",
                        id,
                        "The copy " + ticket.copy() + " of ticket " + id
                                + " no longer waits for approval; look at the copy for how it ended");
            }
            tries.next("A copy of ticket " + id, "decided");
            return ledger.commit(writes(caller, ticket, pending, wanted)).done()
                    ? Result.accepted(tickets.find(ticket.id()).orElseThrow())
                    : decide(caller, id, wanted, tries);
        });
    }

    private List<Write> writes(Caller caller, Ticket ticket, List<Copy> pending, Wanted wanted) {
        var now = clock.instant();
        var writes = new ArrayList<Write>();
        writes.add(Tickets.decided(ticket.id(), wanted.state(), caller.arn(), wanted.reason(), now));
        pending.forEach(copy -> writes.add(moved(copy, caller, wanted, now)));
        if (wanted.state() == Ticket.State.APPROVED) {
            var first = pending.getFirst();
            var bytes = pending.stream().mapToLong(DecideTicket::uncounted).sum();
            if (bytes > 0) {
                writes.add(Budget.corrected(first.owner(), first.request().createdAt(), bytes));
            }
        }
        return writes;
    }

    /** Only a request that fits into its month is counted when it is made; any other one is when it is approved. */
    private static long uncounted(Copy copy) {
        return copy.workflow().ticketKind() == Ticket.Kind.BYTES_PER_MONTH ? copy.bytesToMove() : 0;
    }

    /** The author and the time of the decision stay with the copy. */
    private static Write moved(Copy copy, Caller caller, Wanted wanted, Instant now) {
        var approval = new Approval(wanted.state().toString(), caller.arn(), now, wanted.reason());
        var changes = new ArrayList<>(List.of(Change.put(CopyRecord.APPROVAL, approval.item())));
        if (wanted.state() != Ticket.State.APPROVED) {
            return Copies.decided(
                    copy,
                    CopyStatus.FAILING,
                    new Reason(Reason.TICKET_REJECTED, "The operator rejected the ticket: " + wanted.reason()),
                    caller.arn(),
                    now,
                    changes.toArray(Change[]::new));
        }
        if (uncounted(copy) > 0) {
            changes.add(Change.put(CopyRecord.BYTES_COUNTED, uncounted(copy)));
        }
        return Copies.moved(
                copy,
                CopyStatus.WAITING,
                is(CopyRecord.STATUS, CopyStatus.PENDING_APPROVAL),
                now,
                changes.toArray(Change[]::new));
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
