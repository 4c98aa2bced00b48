package imageferry.local.machine;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One event of an execution, a line of its journal. Times are ISO-8601 in UTC; the names on disk never change. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(value = HistoryEvent.ExecutionStarted.class, name = "started"),
    @JsonSubTypes.Type(value = HistoryEvent.StateEntered.class, name = "entered"),
    @JsonSubTypes.Type(value = HistoryEvent.TaskScheduled.class, name = "parked"),
    @JsonSubTypes.Type(value = HistoryEvent.TaskSubmitted.class, name = "invoked"),
    @JsonSubTypes.Type(value = HistoryEvent.TaskSucceeded.class, name = "answered"),
    @JsonSubTypes.Type(value = HistoryEvent.TaskFailed.class, name = "refused"),
    @JsonSubTypes.Type(value = HistoryEvent.ExecutionEnded.class, name = "ended")
})
@JsonInclude(JsonInclude.Include.NON_NULL)
sealed interface HistoryEvent {
    record ExecutionStarted(String name, JsonNode input, String at) implements HistoryEvent {}

    record StateEntered(String state, JsonNode input, Map<String, JsonNode> variables, String at)
            implements HistoryEvent {}

    /** A task token exists; no function has it yet. */
    record TaskScheduled(String token, @Nullable String deadline) implements HistoryEvent {}

    /** The function that got the token has answered, so it is not called again. */
    record TaskSubmitted(String token) implements HistoryEvent {}

    /** A client sent success for the token. */
    record TaskSucceeded(String token, JsonNode output) implements HistoryEvent {}

    /** A client sent failure for the token. */
    record TaskFailed(
            String token, @Nullable String error, @Nullable String cause) implements HistoryEvent {}

    record ExecutionEnded(
            ExecutionStatus status,
            @Nullable JsonNode output,
            @Nullable String error,
            @Nullable String cause,
            String at)
            implements HistoryEvent {}
}
