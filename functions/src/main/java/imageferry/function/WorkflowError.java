package imageferry.function;

import com.fasterxml.jackson.annotation.JsonProperty;
import imageferry.copying.Reason;
import imageferry.function.edge.Json;
import org.jspecify.annotations.Nullable;

/**
 * What stopped a workflow.
 *
 * @param error a class of {@code imageferry.function.error}, or a reserved name
 * @param cause for a failed function the JSON text of its error, else a sentence
 */
public record WorkflowError(
        @JsonProperty("Error") @Nullable String error,
        @JsonProperty("Cause") @Nullable String cause) {

    /** The reason that a person reads on the copy. */
    Reason reason() {
        if ("States.Timeout".equals(error)) {
            return new Reason(Reason.TIMED_OUT, "The workflow waited longer for a step than it may; retry the copy");
        }
        var message = Json.text(cause == null ? "" : cause, "errorMessage");
        return Reason.parse(message.orElse(error + " " + (cause == null ? "" : cause)));
    }
}
