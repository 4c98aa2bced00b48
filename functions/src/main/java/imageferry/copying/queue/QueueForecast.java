package imageferry.copying.queue;

import imageferry.account.AccountId;
import imageferry.copying.Throughput;
import imageferry.copying.queue.Turns.Head;
import imageferry.copying.queue.WaitingLine.Waiting;
import imageferry.id.CopyId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Estimates in which order, and when, the copies of a queue will get their slots. Slots are servers, and each serves one copy
 * at a time at the region's throughput. Cancels and failures only make the queue shorter.
 */
final class QueueForecast {
    /** The longest forecast that is given. */
    private static final Duration FARTHEST = Duration.ofDays(365);

    private final Turns turns;
    private final Instant now;
    private final @Nullable Throughput throughput;
    private final Map<AccountId, Long> held = new HashMap<>();
    /** The slots, the first one that will be free first. */
    private final PriorityQueue<Slot> free = new PriorityQueue<>(Comparator.comparingDouble(Slot::seconds));

    /** @param owner of the copy in it until then; null when it is free already */
    private record Slot(double seconds, @Nullable AccountId owner) {}

    /**
     * A copy that holds a slot.
     *
     * @param owner null when it is not known
     */
    record Running(@Nullable AccountId owner, long bytesLeft) {}

    /**
     * A copy's turn.
     *
     * @param startsAt null when nothing is known of the throughput, or when it is more than a year away
     */
    record Start(CopyId copy, @Nullable Instant startsAt) {}

    /**
     * A forecast from the current state.
     *
     * @param slots how many copies may run at once; more may run just now, where the limit was lowered
     * @param throughput of a slot, more than 0 bytes a second; null when unknown, so that only the order is estimated
     */
    QueueForecast(SlotLimits slots, List<Running> running, @Nullable Throughput throughput, Instant now) {
        this.turns = new Turns(slots.perAccount());
        this.throughput = throughput;
        this.now = now;
        running.forEach(copy -> take(new Slot(seconds(copy.bytesLeft()), copy.owner())));
        for (var open = slots.perRegion() - running.size(); open > 0; open--) {
            free.add(new Slot(0, null));
        }
        for (var excess = running.size() - slots.perRegion(); excess > 0; excess--) {
            next();
        }
    }

    /** The turns of these copies, which are in the order of their places. */
    List<Start> starts(List<Waiting> line) {
        var queues = new LinkedHashMap<AccountId, Deque<Waiting>>();
        line.forEach(waiting ->
                queues.computeIfAbsent(waiting.owner(), _ -> new ArrayDeque<>()).add(waiting));
        var starts = new ArrayList<Start>();
        while (!queues.isEmpty()) {
            var slot = next();
            var heads = queues.values().stream()
                    .map(queue -> queue.getFirst().head())
                    .toList();
            var owner = turns.next(heads, held).map(Head::account).orElseThrow();
            var queue = Objects.requireNonNull(queues.get(owner));
            var waiting = queue.removeFirst();
            if (queue.isEmpty()) {
                queues.remove(owner);
            }
            take(new Slot(slot.seconds() + seconds(waiting.bytes()), owner));
            starts.add(new Start(waiting.copy(), instant(slot.seconds())));
        }
        return starts;
    }

    private void take(Slot slot) {
        free.add(slot);
        if (slot.owner() != null) {
            held.merge(slot.owner(), 1L, Long::sum);
        }
    }

    private Slot next() {
        var slot = free.remove();
        if (slot.owner() != null) {
            held.merge(slot.owner(), -1L, Long::sum);
        }
        return slot;
    }

    private @Nullable Instant instant(double seconds) {
        return throughput != null && seconds <= FARTHEST.toSeconds() ? now.plusMillis((long) (seconds * 1000)) : null;
    }

    /** Without a throughput, larger copies take longer all the same. */
    private double seconds(long bytes) {
        return throughput == null ? bytes : (double) bytes / throughput.bytesPerSecond();
    }
}
