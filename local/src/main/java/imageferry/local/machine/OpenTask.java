package imageferry.local.machine;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.local.machine.definition.ErrorNames;
import imageferry.local.machine.definition.StateFailure;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;

/**
 * An open task token. Its answer, its deadline and a failure of its function race; the first one closes it, and an answer
 * is in the journal before its sender gets a confirmation.
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

    /** Returns false if it was closed: the answer is too late. */
    synchronized boolean answer(TaskResult answer) {
        if (closed) {
            return false;
        }
        journal.append(
                switch (answer) {
                    case TaskResult.Success(JsonNode output) -> new HistoryEvent.TaskSucceeded(token, output);
                    case TaskResult.Failure(var error, var cause) -> new HistoryEvent.TaskFailed(token, error, cause);
                });
        settle(answer);
        return true;
    }

    /** Closes it with an answer that is already in the journal. */
    synchronized void settle(TaskResult answer) {
        closed = true;
        switch (answer) {
            case TaskResult.Success(JsonNode output) -> result.complete(output);
            case TaskResult.Failure(var error, var cause) ->
                result.completeExceptionally(new StateFailure(error == null ? ErrorNames.TASK_FAILED : error, cause));
        }
    }

    synchronized void fail(StateFailure failure) {
        if (!closed) {
            closed = true;
            result.completeExceptionally(failure);
        }
    }

    /** Records that the function has the token. Without that record, as on a full disk, it is called again after a restart. */
    synchronized void invoked() {
        if (closed) {
            return;
        }
        try {
            journal.append(new HistoryEvent.TaskSubmitted(token));
        } catch (UncheckedIOException full) {
            LOG.log(System.Logger.Level.DEBUG, "A function call was not recorded", full);
        }
    }

    synchronized void close() {
        closed = true;
    }

    CompletableFuture<JsonNode> result() {
        return result;
    }
}
