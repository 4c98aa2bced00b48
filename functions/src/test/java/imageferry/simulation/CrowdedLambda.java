package imageferry.simulation;

import imageferry.function.BatchTask;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One execution in virtual time, in an account whose Lambda runs a few copy workers at once. Other functions answer at once. */
final class CrowdedLambda implements Steps {
    private static final long SECOND = 1_000_000;
    /** A worker returns before its function's time is over, and is called again. */
    private static final long LONGEST_CALL = 14 * 60 * SECOND;

    private record Step(long at, long number, Runnable action) {}

    private final PriorityQueue<Step> agenda =
            new PriorityQueue<>(Comparator.comparingLong(Step::at).thenComparingLong(Step::number));
    private final Map<Integer, Long> work = new HashMap<>();
    private final List<BatchTask> batches;
    private final SplittableRandom chance;
    private final int concurrency;
    private int workers;
    private int throttled;
    private int events;
    private long created;
    private long now;

    /** @param secondsPerBatch the time of one worker for one batch */
    CrowdedLambda(long seed, int concurrency, List<BatchTask> batches, long secondsPerBatch) {
        this.chance = new SplittableRandom(seed);
        this.concurrency = concurrency;
        this.batches = batches;
        batches.forEach(batch -> work.put(batch.batch(), secondsPerBatch * SECOND));
    }

    /** Runs the shipped machine to its end. */
    Outcome run() {
        var end = new AtomicReference<Outcome>(new Outcome.Failed("None", "It did not end"));
        new StatePath(this, MachineReader.shipped(), "", null, end::set).begin();
        for (var step = agenda.poll(); step != null; step = agenda.poll()) {
            now = step.at();
            step.action().run();
        }
        return end.get();
    }

    /** The number of refused starts. */
    int throttled() {
        return throttled;
    }

    /** The number of events in the execution's history, of which AWS allows 25,000. */
    int events() {
        return events;
    }

    @Override
    public void soon(Runnable step) {
        // A state is entered and left.
        events += 2;
        after(0, step);
    }

    @Override
    public void afterAtMost(long micros, Runnable step) {
        after(chance.nextLong(micros + 1), step);
    }

    @Override
    public boolean stops(String state) {
        return false;
    }

    @Override
    public void invoke(
            Machine.Task task,
            String place,
            @Nullable BatchTask batch,
            Outcome.@Nullable Failed error,
            Consumer<Outcome> heard) {
        // A call is scheduled, started and ended.
        events += 3;
        if (batch == null) {
            heard.accept(new Outcome.Done(
                    Map.of("route", "slot", "batches", batches, "status", error == null ? "" : "Failed")));
        } else if (workers == concurrency) {
            throttled++;
            heard.accept(new Outcome.Failed("Lambda.TooManyRequestsException", "Rate Exceeded."));
        } else {
            copy(batch.batch(), heard);
        }
    }

    private void copy(int batch, Consumer<Outcome> heard) {
        workers++;
        var left = work.getOrDefault(batch, 0L);
        var time = Math.min(left, LONGEST_CALL);
        after(time, () -> {
            workers--;
            work.put(batch, left - time);
            heard.accept(new Outcome.Done(Map.of("done", left == time)));
        });
    }

    private void after(long micros, Runnable action) {
        agenda.add(new Step(now + micros, created++, action));
    }
}
