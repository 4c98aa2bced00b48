package imageferry.function;

import com.fasterxml.jackson.annotation.JsonProperty;
import imageferry.copying.Reason;
import imageferry.function.edge.Json;
import imageferry.function.error.CopyCancelled;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The error that stopped a workflow.
 *
 * @param error a class of {@code imageferry.function.error}, or a reserved name
 * @param cause for a failed function the JSON text of its error, for a token answered with a failure the reason, else a
 *     sentence
 */
public record WorkflowError(
        @JsonProperty("Error") @Nullable String error,
        @JsonProperty("Cause") @Nullable String cause) {
    /** The task's own time was over, or the function's. */
    private static final Set<String> TIMEOUTS = Set.of("States.Timeout", "Sandbox.Timedout");

    /** The reason that a person reads on the copy. */
    Reason reason() {
        if (error != null && TIMEOUTS.contains(error)) {
            return new Reason(Reason.TIMED_OUT, "A step of the workflow exceeded its time limit; retry the copy");
        }
        if (error != null && (error.startsWith("Lambda.") || error.startsWith("Runtime."))) {
            return new Reason(
                    Reason.UNAVAILABLE,
                    "Lambda did not complete a step of the workflow (" + error
                            + "); retry the copy, and tell the operator if it happens again");
        }
        var sentence = cause == null ? "" : cause;
        var message = Json.text(sentence, "errorMessage");
        return Reason.parse(message.orElse(isOurs() ? sentence : error + " " + sentence));
    }

    /** A token that was answered with a failure carries the reason itself. */
    private boolean isOurs() {
        return error != null && error.startsWith(CopyCancelled.class.getPackageName() + ".");
    }
}
