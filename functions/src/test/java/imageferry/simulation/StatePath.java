package imageferry.simulation;

import imageferry.function.BatchTask;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One path through the states of a scope: of an execution, or of one iteration of its Map. */
final class StatePath {
    private static final long SECOND = 1_000_000;

    private final Steps steps;
    private final Machine machine;
    private final String place;
    private final @Nullable BatchTask batch;
    private final Consumer<Outcome> end;
    private Map<String, Object> input = Map.of();
    private Outcome.@Nullable Failed error;
    private boolean over;

    /** @param place distinguishes this path from the others of its execution */
    StatePath(Steps steps, Machine machine, String place, @Nullable BatchTask batch, Consumer<Outcome> end) {
        this.steps = steps;
        this.machine = machine;
        this.place = place;
        this.batch = batch;
        this.end = end;
    }

    void begin() {
        enter(machine.startAt());
    }

    private void enter(String name) {
        steps.soon(() -> {
            if (over || steps.stops(name)) {
                return;
            }
            switch (machine.state(name)) {
                case Machine.Task task -> attempt(task, new int[task.retriers().size()]);
                case Machine.Choice choice -> choose(choice);
                case Machine.Each each -> each(each);
                case Machine.Succeed succeed -> finish(new Outcome.Done(input));
                case Machine.Fail fail -> finish(error == null ? new Outcome.Failed("States.Fail", "") : error);
            }
        });
    }

    private void finish(Outcome outcome) {
        over = true;
        end.accept(outcome);
    }

    private void attempt(Machine.Task task, int[] tries) {
        var answered = new boolean[1];
        steps.invoke(task, place, batch, error, outcome -> {
            if (!over && !answered[0]) {
                answered[0] = true;
                proceed(task, tries, outcome);
            }
        });
    }

    private void proceed(Machine.Task task, int[] tries, Outcome outcome) {
        switch (outcome) {
            case Outcome.Done(var answer) -> {
                var kept = new HashMap<>(answer);
                kept.keySet().retainAll(task.keeps());
                input = Map.copyOf(kept);
                enter(task.next());
            }
            case Outcome.Failed failed -> retryOrLeave(task, tries, failed);
        }
    }

    private void retryOrLeave(Machine.Task task, int[] tries, Outcome.Failed failed) {
        for (var i = 0; i < tries.length; i++) {
            var retrier = task.retriers().get(i);
            if (retrier.takes(failed.error())) {
                if (tries[i]++ < retrier.most()) {
                    steps.afterAtMost((long) (retrier.longestWait(tries[i]) * SECOND), () -> {
                        if (!over && !steps.stops(task.name())) {
                            attempt(task, tries);
                        }
                    });
                    return;
                }
                break;
            }
        }
        leave(task.caught().orElse(""), failed);
    }

    private void leave(String caught, Outcome.Failed failed) {
        if (caught.isEmpty()) {
            finish(failed);
            return;
        }
        error = failed;
        enter(caught);
    }

    private void choose(Machine.Choice choice) {
        for (var branch : choice.branches()) {
            if (branch.condition().holds(input)) {
                branch.error().ifPresent(name -> error = new Outcome.Failed(name, ""));
                enter(branch.next());
                return;
            }
        }
        enter(choice.otherwise().orElseThrow());
    }

    private void each(Machine.Each each) {
        @SuppressWarnings("unchecked")
        var batches = (List<BatchTask>) input.get("batches");
        if (batches.isEmpty()) {
            enter(each.next());
            return;
        }
        var left = new int[] {batches.size()};
        var inner = batches.stream()
                .map(one -> new StatePath(steps, each.inside(), " batch " + one.batch(), one, outcome -> {
                    left[0]--;
                    if (outcome instanceof Outcome.Failed failed) {
                        left[0] = -1;
                        leave(each.caught(), failed);
                    } else if (left[0] == 0) {
                        enter(each.next());
                    }
                }))
                .toList();
        inner.forEach(StatePath::begin);
    }
}
