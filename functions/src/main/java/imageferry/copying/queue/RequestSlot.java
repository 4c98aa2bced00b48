package imageferry.copying.queue;

import static imageferry.ledger.Condition.all;
import static imageferry.ledger.Condition.any;
import static imageferry.ledger.Condition.is;
import static imageferry.ledger.Condition.lacks;

import imageferry.copying.Copies;
import imageferry.copying.Copy;
import imageferry.copying.CopyRecord;
import imageferry.copying.CopyStatus;
import imageferry.copying.Step;
import imageferry.copying.StepResult;
import imageferry.copying.Wake;
import imageferry.id.CopyId;
import imageferry.ledger.Change;
import imageferry.ledger.Ledger;
import imageferry.ledger.LedgerUnavailable;
import imageferry.ledger.Tries;
import java.time.InstantSource;
import java.util.ArrayList;

/** Parks a copy in its region's queue until it is granted a slot. Asking again keeps its place. */
public record RequestSlot(Ledger ledger, Copies copies, Slots slots, GrantSlots granting, InstantSource clock) {
    /**
     * Returns when the token is registered, even if the copy already holds a slot: the wake-up follows from the status.
     *
     * @throws LedgerUnavailable when the copy changed during each of ten attempts to park it
     */
    public StepResult<CopyId> park(CopyId id, String token) {
        var wake = new Wake(Wake.Parking.SLOT, token);
        var tries = new Tries();
        while (true) {
            tries.next("Copy " + id, "parked");
            var copy = copies.require(id);
            switch (copy.status()) {
                case WAITING -> {
                    if (queued(copy, wake)) {
                        granting.grant(copy.region());
                        return new StepResult.Done<>(id);
                    }
                }
                case COPYING -> {
                    if (copies.parked(copy, wake, clock.instant())) {
                        return new StepResult.Done<>(id);
                    }
                }
                default -> {
                    return new StepResult.Stopped<>(copy);
                }
            }
        }
    }

    private boolean queued(Copy copy, Wake wake) {
        var use = slots.use(copy.region());
        if (use.isEmpty()) {
            slots.make(copy.region());
        }
        var now = clock.instant();
        var earlier = copy.workflow().queuedAt();
        var queuedAt = earlier == null ? now : earlier;
        var place = any(lacks(CopyRecord.QUEUED_AT), is(CopyRecord.QUEUED_AT, queuedAt));
        var writes = new ArrayList<>(Slots.queued(copy, queuedAt, use));
        writes.add(Copies.changed(
                copy.id(),
                all(is(CopyRecord.STATUS, CopyStatus.WAITING), place, Copies.sameWake(copy)),
                now,
                Copies.park(copy, wake),
                Change.put(CopyRecord.QUEUED_AT, queuedAt),
                Change.putEntry(CopyRecord.STEPS, Step.AWAIT_SLOT, queuedAt)));
        return ledger.commit(writes).done();
    }
}
