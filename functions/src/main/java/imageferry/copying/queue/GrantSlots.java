package imageferry.copying.queue;

import imageferry.copying.Copies;
import imageferry.copying.Copy;
import imageferry.copying.CopyRecord;
import imageferry.copying.CopyStatus;
import imageferry.copying.Step;
import imageferry.image.Images;
import imageferry.ledger.Change;
import imageferry.ledger.Commit;
import imageferry.ledger.Condition;
import imageferry.ledger.Ledger;
import imageferry.region.Region;
import java.time.InstantSource;
import java.util.List;

/**
 * Hands a region's free slots to the copies that wait longest. Nobody takes a slot for itself: this runs after every
 * request for a slot, after every release and in every sweep, and it may run any number of times at once.
 *
 * @param limit the number of copies that may move bytes into one region at once
 */
public record GrantSlots(Ledger ledger, Copies copies, Slots slots, long limit, InstantSource clock) {
    private static final int MOST_REFUSALS = 10;

    /**
     * Grants until the region is full or the queue is empty, or until others changed the queue ten times in a row. They serve
     * it after their change, and the sweeper does if they crash.
     */
    public void grant(Region region) {
        var refused = 0;
        while (refused < MOST_REFUSALS && slots.holders(region).size() < limit) {
            var first = slots.first(region);
            if (first.isEmpty()) {
                return;
            }
            refused = granted(copies.require(first.get())) ? 0 : refused + 1;
        }
    }

    /** One try for the head of the queue; false when others changed it first, which is seen when the loop reads again. */
    private boolean granted(Copy copy) {
        var queuedAt = copy.workflow().queuedAt();
        if (queuedAt == null) {
            throw new IllegalStateException(copy.id() + " waits in a queue but was never queued");
        }
        var dequeued = Slots.dequeued(copy, queuedAt);
        if (copy.status() != CopyStatus.WAITING) {
            return ledger.commit(List.of(dequeued)).done();
        }
        var now = clock.instant();
        var started = Copies.moved(
                copy,
                CopyStatus.COPYING,
                Condition.is(CopyRecord.STATUS, CopyStatus.WAITING),
                now,
                Change.putEntry(CopyRecord.STEPS, Step.START_SNAPSHOT_COPY, now));
        var taken = Slots.taken(copy, limit, now);
        return switch (ledger.commit(List.of(taken, dequeued, started, Images.creating(copy.made(), now)))) {
            case Commit.Done done -> true;
            case Commit.Refused refused when refused.of(taken) || refused.of(started) -> false;
            case Commit.Refused refused ->
                throw new IllegalStateException("The image of the waiting " + copy.id() + " does not wait: " + refused);
        };
    }
}
