package imageferry.simulation;

import imageferry.function.WiredService;
import imageferry.id.CopyId;
import imageferry.ledger.Item;
import imageferry.simulation.WiredLedger.Alteration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * The table's stream as Advance Copies receives it: each change at least once, in order per copy, unless it is lost.
 */
final class ChangeStream {
    /** As in the template. The record then goes to the dead-letter queue, which nobody reads. */
    private static final int MOST_TRIES = 20;

    private static final long MILLISECOND = 1_000;
    private static final long SECOND = 1_000_000;

    private final Workflows workflows;
    private final Map<String, Line> lines = new LinkedHashMap<>();

    ChangeStream(Workflows workflows) {
        this.workflows = workflows;
    }

    /** The undelivered records of one copy. */
    private static final class Line {
        final Queue<Boolean> records = new ArrayDeque<>();
        boolean busy;
        int delivered;
    }

    void changed(Alteration change) {
        var after = change.after();
        if (change.key().sort().equals("COPY") && after.isPresent() && isOfInterest(change, after.get())) {
            record(after.get().text("copyId"), change.before().isEmpty());
        }
    }

    /** The filters of the template: a new copy, and any change of a copy that is parked. */
    private static boolean isOfInterest(Alteration change, Item after) {
        return change.before().isEmpty()
                ? after.has("unfinished")
                : after.nested("wake").isPresent();
    }

    private void record(String copy, boolean isNew) {
        var line = lines.computeIfAbsent(copy, name -> new Line());
        var place = "change " + ++line.delivered + " of " + copy;
        var chance = workflows.chance(place);
        if (workflows.troubles().happens(OutsideFault.LOST_CHANGE, place, chance)) {
            return;
        }
        line.records.add(isNew);
        if (workflows.troubles().happens(OutsideFault.REPEATED_CHANGE, place, chance)) {
            line.records.add(isNew);
        }
        if (!line.busy) {
            line.busy = true;
            deliver(copy, line, chance, 1);
        }
    }

    private void deliver(String copy, Line line, SplittableRandom chance, int tries) {
        workflows.after(MILLISECOND * chance.nextInt(200), chance.nextLong(), () -> {
            var isNew = line.records.element();
            Consumer<WiredService> advance = service -> {
                if (isNew) {
                    service.advanceCopies().start(new CopyId(copy));
                } else {
                    service.advanceCopies().wake(new CopyId(copy));
                }
            };
            var name = "Advance Copies of " + copy + " #" + ++line.delivered;
            workflows
                    .invocations()
                    .begin(
                            name,
                            30 * SECOND,
                            service -> {
                                advance.accept(service);
                                return true;
                            },
                            failure -> false,
                            done -> delivered(copy, line, done || tries == MOST_TRIES, tries));
        });
    }

    private void delivered(String copy, Line line, boolean done, int tries) {
        if (done) {
            line.records.remove();
        }
        if (line.records.isEmpty()) {
            line.busy = false;
        } else {
            deliver(copy, line, workflows.chance(copy + " after " + line.delivered), done ? 1 : tries + 1);
        }
    }

    /** Returns whether everything was delivered or lost. */
    boolean idle() {
        return lines.values().stream().noneMatch(line -> line.busy);
    }
}
