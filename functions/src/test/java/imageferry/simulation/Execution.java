package imageferry.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import imageferry.copying.Executions;
import imageferry.function.BatchTask;
import imageferry.function.WiredService;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One run of the state machine. Functions run for it as invocations, and it receives the same results as from AWS. */
final class Execution implements Steps {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SECOND = 1_000_000;

    private final Workflows workflows;
    private final String copy;
    private final SplittableRandom chance;
    private boolean running = true;
    private boolean succeeded;
    private int invocations;

    Execution(Workflows workflows, String copy) {
        this.workflows = workflows;
        this.copy = copy;
        this.chance = workflows.chance("execution of " + copy);
    }

    void begin(Machine machine) {
        new StatePath(this, machine, "", null, outcome -> {
                    succeeded = running && outcome instanceof Outcome.Done;
                    running = false;
                    workflows.note(copy, "ends", outcome);
                })
                .begin();
    }

    boolean running() {
        return running;
    }

    Executions.State state() {
        if (running) {
            return Executions.State.RUNNING;
        }
        return succeeded ? Executions.State.SUCCEEDED : Executions.State.FAILED;
    }

    @Override
    public void soon(Runnable step) {
        workflows.after(1_000L * chance.nextInt(30), chance.nextLong(), step);
    }

    @Override
    public void afterAtMost(long micros, Runnable step) {
        workflows.after(chance.nextLong(micros + 1), chance.nextLong(), step);
    }

    /** Also stops it by hand, by chance. */
    @Override
    public boolean stops(String state) {
        if (running
                && workflows.troubles().happens(OutsideFault.EXECUTION_STOPPED, copy + " before " + state, chance)) {
            stop();
        }
        return !running;
    }

    void stop() {
        running = false;
        workflows.note(copy, "is stopped", "");
    }

    /** Calls the function once or twice. */
    @Override
    public void invoke(
            Machine.Task task,
            String place,
            @Nullable BatchTask batch,
            Outcome.@Nullable Failed error,
            Consumer<Outcome> heard) {
        var name = task.name() + place + " of " + copy + " #" + ++invocations;
        if (workflows.troubles().happens(OutsideFault.THROTTLED, name, chance)) {
            heard.accept(new Outcome.Failed("Lambda.TooManyRequestsException", "Rate exceeded"));
            return;
        }
        var payload = new WiredService.Payload(
                copy,
                "token of " + name,
                batch,
                error == null ? "" : error.error(),
                error == null ? "" : error.cause());
        if (task.parks()) {
            workflows.park(payload.taskToken(), heard);
            workflows.after(
                    task.timeoutSeconds() * SECOND,
                    0,
                    () -> workflows.answer(payload.taskToken(), new Outcome.Failed("States.Timeout", "")));
        }
        Consumer<Outcome> answered = outcome -> {
            if (!task.parks()) {
                heard.accept(outcome);
            } else if (outcome instanceof Outcome.Failed) {
                workflows.answer(payload.taskToken(), outcome);
            }
        };
        call(name, task, payload, answered);
        if (workflows.troubles().happens(OutsideFault.STARTED_TWICE, name, chance)) {
            call(name + " again", task, payload, answered);
        }
        if (workflows.troubles().happens(OutsideFault.UNHEARD, name, chance)) {
            afterAtMost(2 * SECOND, () -> answered.accept(new Outcome.Failed("Lambda.Unknown", "")));
        }
    }

    private void call(String name, Machine.Task task, WiredService.Payload payload, Consumer<Outcome> answered) {
        var timeout = task.parks() ? 30 : task.timeoutSeconds();
        var endsAt = workflows.now() + timeout * SECOND;
        workflows
                .invocations()
                .begin(
                        name,
                        timeout * SECOND,
                        service -> {
                            var answer = service.call(task.function(), payload, () -> left(endsAt));
                            return new Outcome.Done(answer);
                        },
                        Execution::failed,
                        answered);
    }

    /** Excludes the last moments, in which main code gives up by the wall clock. */
    private Duration left(long endsAt) {
        var left = Duration.ofMillis((endsAt - workflows.now()) / 1_000);
        return left.compareTo(Duration.ofSeconds(6)) < 0 ? Duration.ofSeconds(6) : left;
    }

    private static Outcome failed(Throwable failure) {
        if (failure instanceof Crash) {
            return new Outcome.Failed("Runtime.ExitError", "");
        }
        try {
            var cause = JSON.writeValueAsString(Map.of("errorMessage", String.valueOf(failure.getMessage())));
            return new Outcome.Failed(failure.getClass().getName(), cause);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
