package imageferry.local.machine;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.local.machine.definition.ErrorNames;
import imageferry.local.machine.definition.State;
import imageferry.local.machine.definition.StateFailure;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs Task states. */
final class Tasks {
    private Tasks() {}

    static Transition run(State.Task task, Attempt attempt) throws InterruptedException {
        var result = OutputProcessor.limited(
                task.call().withToken() ? awaitToken(task.call(), attempt) : invoke(task.call(), attempt));
        return OutputProcessor.process(task.processing(), task.next().state(), attempt.withResult(result), result);
    }

    private static JsonNode invoke(State.Call call, Attempt attempt) throws InterruptedException {
        var bindings = attempt.bindings();
        var deadline = FunctionCall.deadline(call, bindings, attempt.context().now());
        var result = new CompletableFuture<JsonNode>();
        FunctionCall.of(call, bindings).start(attempt.context(), result::complete, result::completeExceptionally);
        return until(deadline.orElse(null), attempt, result, result::completeExceptionally);
    }

    /**
     * Waits for the token's answer. The function is called unless the journal proves that it has the token. Its failure counts
     * as an answer.
     */
    private static JsonNode awaitToken(State.Call call, Attempt attempt) throws InterruptedException {
        var before = attempt.entry().tokenWait();
        var tokenWait = before == null ? newWait(call, attempt) : before;
        var function = FunctionCall.of(call, attempt.withToken(tokenWait.token()));
        var task = before != null
                ? attempt.history().resume(tokenWait)
                : attempt.history().schedule(tokenWait);
        if (!tokenWait.invoked() && tokenWait.result() == null) {
            function.start(attempt.context(), answer -> task.invoked(), task::fail);
        }
        return until(tokenWait.deadline(), attempt, task.result(), task::fail);
    }

    private static StateEntry.TokenWait newWait(State.Call call, Attempt attempt) {
        var context = attempt.context();
        var token =
                TaskToken.create(context.started().name(), context.environment().random());
        var deadline = FunctionCall.deadline(call, attempt.withToken(token), context.now());
        return StateEntry.TokenWait.of(token, deadline.orElse(null));
    }

    private static JsonNode until(
            @Nullable Instant deadline,
            Attempt attempt,
            CompletableFuture<JsonNode> result,
            Consumer<StateFailure> onLate)
            throws InterruptedException {
        var timers = attempt.context().environment().timers();
        var late = new StateFailure(ErrorNames.TIMEOUT, null);
        var timer = Optional.ofNullable(deadline).map(time -> timers.at(time, () -> onLate.accept(late)));
        try {
            return Workers.await(result);
        } finally {
            timer.ifPresent(Timers.Timer::cancel);
        }
    }
}
