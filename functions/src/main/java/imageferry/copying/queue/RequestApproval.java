package imageferry.copying.queue;

import static imageferry.ledger.Condition.all;
import static imageferry.ledger.Condition.is;

import imageferry.copying.Copies;
import imageferry.copying.Copy;
import imageferry.copying.CopyRecord;
import imageferry.copying.CopyStatus;
import imageferry.copying.Groups;
import imageferry.copying.Step;
import imageferry.copying.StepResult;
import imageferry.copying.Wake;
import imageferry.id.CopyId;
import imageferry.ledger.Change;
import imageferry.ledger.Ledger;
import imageferry.ledger.LedgerUnavailable;
import imageferry.ledger.Tries;
import imageferry.ledger.Write;
import imageferry.ticket.Tickets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Opens a large copy's ticket, unless its request has done so, and parks the copy until the operator decides. */
public record RequestApproval(Ledger ledger, Copies copies, Tickets tickets, InstantSource clock) {
    /**
     * Returns when the token is registered, even if the ticket is already decided: the wake-up follows from the status.
     *
     * @throws LedgerUnavailable when the copy changed during each of ten attempts to park it
     */
    public StepResult<CopyId> park(CopyId id, String token) {
        var wake = new Wake(Wake.Parking.APPROVAL, token);
        var tries = new Tries();
        while (true) {
            tries.next("Copy " + id, "parked");
            var copy = copies.require(id);
            if (!copy.status().live()) {
                return new StepResult.Stopped<>(copy);
            }
            if (parked(copy, wake)) {
                return new StepResult.Done<>(id);
            }
        }
    }

    private boolean parked(Copy copy, Wake wake) {
        var now = clock.instant();
        var writes = new ArrayList<Write>();
        var since = copy.workflow().steps().getOrDefault(Step.AWAIT_APPROVAL, now);
        writes.add(Copies.changed(
                copy.id(),
                all(is(CopyRecord.STATUS, copy.status()), Copies.sameWake(copy)),
                now,
                Copies.park(copy, wake),
                Change.putEntry(CopyRecord.STEPS, Step.AWAIT_APPROVAL, since)));
        if (copy.status() == CopyStatus.PENDING_APPROVAL) {
            var ticket = Objects.requireNonNull(copy.workflow().ticket(), "a copy that pends has a ticket");
            if (tickets.find(ticket).isEmpty()) {
                writes.add(OpenTickets.opened(sharing(copy), now));
            }
        }
        return ledger.commit(writes).done();
    }

    /** The copies with the same ticket, in the order of their request. */
    private List<Copy> sharing(Copy copy) {
        return Optional.ofNullable(copy.request().group())
                .flatMap(new Groups(ledger)::find)
                .map(group -> group.copies().stream()
                        .map(copies::require)
                        .filter(other -> Objects.equals(
                                other.workflow().ticket(), copy.workflow().ticket()))
                        .toList())
                .orElse(List.of(copy));
    }
}
