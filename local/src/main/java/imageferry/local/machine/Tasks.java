package imageferry.local.machine;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.local.machine.definition.Bindings;
import imageferry.local.machine.definition.ErrorNames;
import imageferry.local.machine.definition.State;
import imageferry.local.machine.definition.StateFailure;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Visits Task states. */
final class Tasks {

    private Tasks() {}

    static Step visit(State.Task task, Visit visit) throws InterruptedException {
        JsonNode result =
                Shaper.limited(task.call().withToken() ? awaitToken(task.call(), visit) : invoke(task.call(), visit));
        return Shaper.shape(task.shaping(), task.next().state(), visit.withResult(result), result);
    }

    private static JsonNode invoke(State.Call call, Visit visit) throws InterruptedException {
        Bindings bindings = visit.bindings();
        var deadline = FunctionCall.deadline(call, bindings, visit.course().now());
        var result = new CompletableFuture<JsonNode>();
        FunctionCall.of(call, bindings).start(visit.course(), result::complete, result::completeExceptionally);
        return until(deadline, visit, result, result::completeExceptionally);
    }

    /**
     * Waits for the token's answer. The function is called unless the journal proves that it has the token; should it fail,
     * that is the answer.
     */
    private static JsonNode awaitToken(State.Call call, Visit visit) throws InterruptedException {
        Optional<Position.Parking> before = visit.position().parking();
        var parking = before.orElseGet(() -> park(call, visit));
        FunctionCall function = FunctionCall.of(call, visit.withToken(parking.token()));
        OpenTask task = before.isPresent()
                ? visit.trail().resume(parking)
                : visit.trail().park(parking);
        if (!parking.invoked() && parking.verdict().isEmpty()) {
            function.start(visit.course(), answer -> task.invoked(), task::fail);
        }
        return until(parking.deadline(), visit, task.result(), task::fail);
    }

    private static Position.Parking park(State.Call call, Visit visit) {
        Course course = visit.course();
        String token =
                TaskToken.create(course.started().name(), course.surroundings().random());
        var deadline = FunctionCall.deadline(call, visit.withToken(token), course.now());
        return new Position.Parking(token, deadline, false, Optional.empty());
    }

    private static JsonNode until(
            Optional<Instant> deadline, Visit visit, CompletableFuture<JsonNode> result, Consumer<StateFailure> onLate)
            throws InterruptedException {
        Timers timers = visit.course().surroundings().timers();
        var late = new StateFailure(Optional.of(ErrorNames.TIMEOUT), Optional.empty());
        Optional<Timers.Timer> timer = deadline.map(time -> timers.at(time, () -> onLate.accept(late)));
        try {
            return Workers.await(result);
        } finally {
            timer.ifPresent(Timers.Timer::cancel);
        }
    }
}
