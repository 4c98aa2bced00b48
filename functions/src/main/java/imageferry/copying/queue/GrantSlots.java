package imageferry.copying.queue;

import imageferry.copying.Copies;
import imageferry.copying.Copy;
import imageferry.copying.CopyRecord;
import imageferry.copying.CopyStatus;
import imageferry.copying.Step;
import imageferry.copying.queue.Turns.Head;
import imageferry.image.Images;
import imageferry.ledger.Change;
import imageferry.ledger.Commit;
import imageferry.ledger.Condition;
import imageferry.ledger.Ledger;
import imageferry.ledger.Write;
import imageferry.region.Region;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Hands a region's free slots to the copies whose turn it is. Nobody takes a slot for itself: this runs after every
 * request for a slot, after every release and in every sweep, and it may run any number of times at once.
 */
public record GrantSlots(Ledger ledger, Copies copies, Slots slots, SlotLimits limits, InstantSource clock) {
    private static final int MOST_REFUSALS = 10;

    /**
     * Grants until the region is full or the queue is empty, or until others changed the queue ten times in a row. They serve
     * it after their change, and the sweeper does if they crash.
     */
    public void grant(Region region) {
        var refused = 0;
        while (refused < MOST_REFUSALS) {
            var use = slots.use(region);
            if (use.holders().size() >= limits.perRegion()) {
                return;
            }
            var step = step(region, use);
            if (step.isEmpty()) {
                return;
            }
            refused = committed(step.get()) ? 0 : refused + 1;
        }
    }

    /**
     * The writes of one step towards the next grant, and whether they may be refused.
     *
     * @param expected those whose refusal means that others changed the queue first
     */
    private record Attempt(List<Write> writes, List<Write> expected) {
        private static Attempt at(Write only) {
            return new Attempt(List.of(only), List.of(only));
        }
    }

    /** Returns whether it happened; otherwise the change of others is seen when the loop reads again. */
    private boolean committed(Attempt attempt) {
        return switch (ledger.commit(attempt.writes())) {
            case Commit.Done done -> true;
            case Commit.Refused refused when attempt.expected().stream().anyMatch(refused::of) -> false;
            case Commit.Refused refused ->
                throw new IllegalStateException("The image of a waiting copy does not wait: " + refused);
        };
    }

    /** Returns empty when no copy waits. */
    private Optional<Attempt> step(Region region, SlotUse use) {
        var names = new Names(use);
        var unnamed = names.unnamedFrom();
        if (unnamed.isPresent()) {
            return Optional.of(Attempt.at(slots.named(region, use, unnamed.get())));
        }
        var first = slots.line().first(region);
        var heads = new ArrayList<>(names.heads());
        first.ifPresent(waiting -> heads.add(waiting.head()));
        return new Turns(limits.perAccount())
                .next(heads, use.held())
                .map(head -> first.filter(waiting -> waiting.head().equals(head))
                        .map(waiting -> granted(use, copies.require(waiting.copy())))
                        .orElseGet(() -> granted(region, use, head)));
    }

    /** The grant of a named account's turn, or the correction of its name. */
    private Attempt granted(Region region, SlotUse use, Head head) {
        var first = slots.line().firstTwo(region, head.account()).stream().findFirst();
        return first.filter(waiting -> waiting.head().equals(head))
                .map(waiting -> granted(use, copies.require(waiting.copy())))
                .orElseGet(() -> Attempt.at(Slots.renamed(region, use, head.account(), first.orElse(null))));
    }

    private Attempt granted(SlotUse use, Copy copy) {
        var queuedAt = copy.workflow().queuedAt();
        if (queuedAt == null) {
            throw new IllegalStateException(copy.id() + " waits in a queue but was never queued");
        }
        var next = slots.line().firstTwo(copy.region(), copy.owner()).stream()
                .filter(waiting -> !waiting.copy().equals(copy.id()))
                .findFirst()
                .orElse(null);
        var writes = new ArrayList<>(Slots.dequeued(copy, queuedAt));
        if (copy.status() != CopyStatus.WAITING) {
            var renamed = Slots.renamed(copy.region(), use, copy.owner(), next);
            writes.add(renamed);
            return new Attempt(writes, List.of(renamed));
        }
        var now = clock.instant();
        var started = started(copy, now);
        var taken = Slots.taken(copy, use, next, limits.perRegion(), now);
        writes.addAll(List.of(taken, started, Images.creating(copy.made(), now)));
        return new Attempt(writes, List.of(taken, started));
    }

    private static Write started(Copy copy, Instant now) {
        return Copies.moved(
                copy,
                CopyStatus.COPYING,
                Condition.is(CopyRecord.STATUS, CopyStatus.WAITING),
                now,
                Change.putEntry(CopyRecord.STEPS, Step.START_SNAPSHOT_COPY, now));
    }
}
