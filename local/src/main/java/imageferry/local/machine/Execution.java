package imageferry.local.machine;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.local.machine.ExecutionDescription.Outcome;
import imageferry.local.machine.definition.ErrorNames;
import imageferry.local.machine.definition.Flow;
import imageferry.local.machine.definition.Json;
import imageferry.local.machine.definition.Machine;
import imageferry.local.machine.definition.StateFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One execution, from its start or the end of its journal to its own end. */
final class Execution {
    private static final System.Logger LOG = System.getLogger(Execution.class.getName());

    private final ExecutionContext context;
    private final Journal journal;
    private final History.Durable history;
    private final StateEntry from;
    private final boolean entered;
    private final CompletableFuture<HistoryEvent.ExecutionEnded> end = new CompletableFuture<>();
    private volatile boolean outOfTime;

    Execution(ExecutionContext context, Journal journal, RecoveredExecution recovered, Flow flow) {
        this.context = context;
        this.journal = journal;
        this.history = new History.Durable(journal, context.environment());
        this.entered = recovered.entry() != null;
        this.from = recovered.entry() != null
                ? recovered.entry()
                : StateEntry.of(flow.startAt(), context.started().input(), Map.of(), context.now());
        if (recovered.ended() != null) {
            end.complete(recovered.ended());
        }
        if (isRunning() && from.tokenWait() != null) {
            // Open before an answer can come: an early one would be refused as too late.
            history.resume(from.tokenWait());
        }
    }

    boolean isRunning() {
        return !end.isDone();
    }

    /** @param ending is called when the end is in the journal, before it is visible */
    void run(Machine machine, Consumer<Execution> ending) {
        context.workers().start("execution-" + context.started().name(), () -> {
            try {
                finish(outcome(machine), ending);
            } catch (InterruptedException closing) {
                // It continues when the folder is opened again.
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Runs to the end. The machine's own timeout ends it; the end of this process only pauses it. */
    private HistoryEvent.ExecutionEnded outcome(Machine machine) throws InterruptedException {
        var timer = Optional.ofNullable(machine.timeout()).map(this::limit);
        try {
            var flow = new FlowExecution(context, machine.flow(), history);
            var output = entered ? flow.resume(from) : flow.from(from);
            // The interrupt is not seen by a flow that has all its answers.
            return outOfTime ? timedOut() : ended(ExecutionStatus.SUCCEEDED, output, null, null);
        } catch (InterruptedException | CancellationException e) {
            if (outOfTime) {
                return timedOut();
            }
            throw e;
        } catch (StateFailure failure) {
            return outOfTime ? timedOut() : failed(failure);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.log(System.Logger.Level.ERROR, "Execution " + context.started().name() + " broke", e);
            return outOfTime ? timedOut() : failed(new StateFailure(ErrorNames.RUNTIME, e.toString()));
        } finally {
            timer.ifPresent(Timers.Timer::cancel);
        }
    }

    private Timers.Timer limit(Duration timeout) {
        var thread = Thread.currentThread();
        return context.environment()
                .timers()
                .at(Instant.parse(context.started().at()).plus(timeout), () -> {
                    outOfTime = true;
                    thread.interrupt();
                });
    }

    private HistoryEvent.ExecutionEnded failed(StateFailure failure) {
        return ended(
                ExecutionStatus.FAILED,
                null,
                failure.error().orElse(null),
                failure.cause().orElse(null));
    }

    private HistoryEvent.ExecutionEnded timedOut() {
        return ended(ExecutionStatus.TIMED_OUT, null, ErrorNames.TIMEOUT, null);
    }

    private HistoryEvent.ExecutionEnded ended(
            ExecutionStatus status, @Nullable JsonNode output, @Nullable String error, @Nullable String cause) {
        return new HistoryEvent.ExecutionEnded(
                status, output, error, cause, context.now().toString());
    }

    private void finish(HistoryEvent.ExecutionEnded ended, Consumer<Execution> ending) {
        history.closeTokens();
        while (isRunning() && !journal.isClosed()) {
            try {
                journal.appendPatiently(ended, context.environment());
                ending.accept(this);
                end.complete(ended);
            } catch (InterruptedException late) {
                // By a timeout at the moment of the end. Closing closes the journal before it interrupts.
                LOG.log(System.Logger.Level.DEBUG, "The end of an execution was interrupted", late);
            }
        }
    }

    /** Returns false if the token is not open (any more). */
    boolean answer(String token, TaskResult result) {
        return history.find(token).map(task -> task.answer(result)).orElse(false);
    }

    boolean hasInput(JsonNode input) {
        return context.started().input().equals(input);
    }

    String name() {
        return context.started().name();
    }

    /** Returns the time of its end; {@link Instant#MAX} while it runs. */
    Instant endedAt() {
        return Optional.ofNullable(end.getNow(null))
                .map(ended -> Instant.parse(ended.at()))
                .orElse(Instant.MAX);
    }

    void close() {
        journal.close();
    }

    void forget() {
        journal.delete();
    }

    CompletableFuture<HistoryEvent.ExecutionEnded> end() {
        return end;
    }

    ExecutionDescription describe() {
        var started = context.started();
        var ended = end.getNow(null);
        return new ExecutionDescription(
                context.machine().executionArn(started.name()),
                started.name(),
                ended == null ? ExecutionStatus.RUNNING : ended.status(),
                Json.write(started.input()),
                Instant.parse(started.at()),
                ended == null ? null : outcome(ended));
    }

    private static Outcome outcome(HistoryEvent.ExecutionEnded ended) {
        return new Outcome(
                ended.output() == null ? null : Json.write(ended.output()),
                ended.error(),
                ended.cause(),
                Instant.parse(ended.at()));
    }
}
