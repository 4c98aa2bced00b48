package imageferry.local.machine;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.local.machine.definition.ErrorNames;
import imageferry.local.machine.definition.StateFailure;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A task token that is waited for. Its answer, its deadline and a failure of its function race; the first one closes it,
 * and an answer is in the journal before its sender hears that it counts.
 */
final class OpenTask {

    private static final System.Logger LOG = System.getLogger(OpenTask.class.getName());

    private final String token;
    private final Journal journal;
    private final CompletableFuture<JsonNode> result = new CompletableFuture<>();
    private boolean closed;

    OpenTask(String token, Journal journal) {
        this.token = token;
        this.journal = journal;
    }

    /** False if it had been closed: the sender came too late. */
    synchronized boolean answer(Verdict verdict) {
        if (closed) {
            return false;
        }
        journal.append(
                switch (verdict) {
                    case Verdict.Success(JsonNode output) -> new Line.Answered(token, output);
                    case Verdict.Failure(var error, var cause) ->
                        new Line.Refused(token, error.orElse(null), cause.orElse(null));
                });
        settle(verdict);
        return true;
    }

    /** Closes it with a verdict that the journal already holds. */
    synchronized void settle(Verdict verdict) {
        closed = true;
        switch (verdict) {
            case Verdict.Success(JsonNode output) -> result.complete(output);
            case Verdict.Failure(var error, var cause) ->
                result.completeExceptionally(
                        new StateFailure(error.or(() -> Optional.of(ErrorNames.TASK_FAILED)), cause));
        }
    }

    synchronized void fail(StateFailure failure) {
        if (!closed) {
            closed = true;
            result.completeExceptionally(failure);
        }
    }

    /** Notes that the function has the token. Without that note, as on a full disk, it is called again after a restart. */
    synchronized void invoked() {
        if (closed) {
            return;
        }
        try {
            journal.append(new Line.Invoked(token));
        } catch (UncheckedIOException full) {
            LOG.log(System.Logger.Level.DEBUG, "A call of a function was not noted", full);
        }
    }

    synchronized void close() {
        closed = true;
    }

    CompletableFuture<JsonNode> result() {
        return result;
    }
}
