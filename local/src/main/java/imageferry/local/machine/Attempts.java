package imageferry.local.machine;

import imageferry.local.machine.definition.Catcher;
import imageferry.local.machine.definition.ErrorNames;
import imageferry.local.machine.definition.Retrier;
import imageferry.local.machine.definition.State;
import imageferry.local.machine.definition.StateFailure;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tries a state as often as its Retry says, and then lets its Catch find another way. */
final class Attempts {

    /** One attempt. */
    interface Attempt {
        Step make(Visit visit) throws InterruptedException;
    }

    private final State.Handling handling;
    private final Map<Retrier, Integer> used = new HashMap<>();

    Attempts(State.Handling handling) {
        this.handling = handling;
    }

    Step run(Visit first, Attempt attempt) throws InterruptedException {
        Visit visit = first;
        while (true) {
            try {
                visit.course().surroundings().awaitWritable();
                return attempt.make(visit);
            } catch (StateFailure failure) {
                Optional<Duration> wait =
                        waitBeforeRetry(failure, visit.course().surroundings());
                if (wait.isEmpty()) {
                    return caught(failure, visit);
                }
                Workers.sleepUntil(
                        visit.course().now().plus(wait.get()),
                        visit.course().surroundings().timers());
                visit = visit.retried(visit.retryCount() + 1);
            }
        }
    }

    /** The first retrier that names the error counts, and only that one. */
    private Optional<Duration> waitBeforeRetry(StateFailure failure, Surroundings surroundings) {
        return handling.retriers().stream()
                .filter(retrier -> matches(retrier.errors(), failure))
                .findFirst()
                .filter(retrier -> used.getOrDefault(retrier, 0) < retrier.maxAttempts())
                .map(retrier ->
                        retrier.backoff().before(used.merge(retrier, 1, Integer::sum) - 1, surroundings.random()));
    }

    private Step caught(StateFailure failure, Visit visit) {
        Catcher catcher = handling.catchers().stream()
                .filter(it -> matches(it.errors(), failure))
                .findFirst()
                .orElseThrow(() -> failure);
        return Shaper.shape(
                catcher.shaping(), Optional.of(catcher.next()), visit.withError(failure), Visit.errorOutput(failure));
    }

    /** States.Runtime cannot be handled at all, and States.DataLimitExceeded only by its own name. */
    private static boolean matches(List<String> names, StateFailure failure) {
        String error = failure.error().orElse("");
        return switch (error) {
            case ErrorNames.RUNTIME -> false;
            case ErrorNames.DATA_LIMIT_EXCEEDED -> names.contains(error);
            case ErrorNames.TIMEOUT -> names.contains(error) || names.contains(ErrorNames.ALL);
            default ->
                names.contains(error) || names.contains(ErrorNames.ALL) || names.contains(ErrorNames.TASK_FAILED);
        };
    }
}
