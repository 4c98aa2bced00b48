package imageferry.local.machine;

import imageferry.local.machine.definition.ErrorNames;
import imageferry.local.machine.definition.Retrier;
import imageferry.local.machine.definition.State;
import imageferry.local.machine.definition.StateFailure;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs a state with its Retry, and then its Catch. */
final class Attempts {
    interface Action {
        Transition perform(Attempt attempt) throws InterruptedException;
    }

    private final State.Handling handling;
    private final Map<Retrier, Integer> used = new HashMap<>();

    Attempts(State.Handling handling) {
        this.handling = handling;
    }

    Transition run(Attempt first, Action action) throws InterruptedException {
        var attempt = first;
        while (true) {
            try {
                attempt.context().environment().awaitWritable();
                return action.perform(attempt);
            } catch (StateFailure failure) {
                var wait = waitBeforeRetry(failure, attempt.context().environment());
                if (wait.isEmpty()) {
                    return caught(failure, attempt);
                }
                Workers.sleepUntil(
                        attempt.context().now().plus(wait.get()),
                        attempt.context().environment().timers());
                attempt = attempt.retried(attempt.retryCount() + 1);
            }
        }
    }

    /** Only the first retrier that names the error counts. */
    private Optional<Duration> waitBeforeRetry(StateFailure failure, Environment environment) {
        return handling.retriers().stream()
                .filter(retrier -> matches(retrier.errors(), failure))
                .findFirst()
                .filter(retrier -> used.getOrDefault(retrier, 0) < retrier.maxAttempts())
                .map(retrier ->
                        retrier.backoff().before(used.merge(retrier, 1, Integer::sum) - 1, environment.random()));
    }

    private Transition caught(StateFailure failure, Attempt attempt) {
        var catcher = handling.catchers().stream()
                .filter(it -> matches(it.errors(), failure))
                .findFirst()
                .orElseThrow(() -> failure);
        return OutputProcessor.process(
                catcher.processing(), catcher.next(), attempt.withError(failure), Attempt.errorOutput(failure));
    }

    /** States.Runtime cannot be handled at all, and States.DataLimitExceeded only by its own name. */
    private static boolean matches(List<String> names, StateFailure failure) {
        var error = failure.error().orElse("");
        return switch (error) {
            case ErrorNames.RUNTIME -> false;
            case ErrorNames.DATA_LIMIT_EXCEEDED -> names.contains(error);
            case ErrorNames.TIMEOUT -> names.contains(error) || names.contains(ErrorNames.ALL);
            default ->
                names.contains(error) || names.contains(ErrorNames.ALL) || names.contains(ErrorNames.TASK_FAILED);
        };
    }
}
