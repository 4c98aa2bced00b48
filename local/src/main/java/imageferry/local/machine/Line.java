package imageferry.local.machine;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One line of an execution's journal; times are ISO-8601 in UTC. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Line.Started.class, name = "started"),
    @JsonSubTypes.Type(value = Line.Entered.class, name = "entered"),
    @JsonSubTypes.Type(value = Line.Parked.class, name = "parked"),
    @JsonSubTypes.Type(value = Line.Invoked.class, name = "invoked"),
    @JsonSubTypes.Type(value = Line.Answered.class, name = "answered"),
    @JsonSubTypes.Type(value = Line.Refused.class, name = "refused"),
    @JsonSubTypes.Type(value = Line.Ended.class, name = "ended")
})
@JsonInclude(JsonInclude.Include.NON_NULL)
sealed interface Line {

    record Started(String name, JsonNode input, String at) implements Line {}

    record Entered(String state, JsonNode input, Map<String, JsonNode> variables, String at) implements Line {}

    /** A task token exists; no function has it yet. */
    record Parked(String token, @Nullable String deadline) implements Line {}

    /** The function that got the token has answered: there is no need to call it again. */
    record Invoked(String token) implements Line {}

    /** Somebody sent success for the token. */
    record Answered(String token, JsonNode output) implements Line {}

    /** Somebody sent failure for the token. */
    record Refused(
            String token, @Nullable String error, @Nullable String cause) implements Line {}

    record Ended(
            ExecutionStatus status,
            @Nullable JsonNode output,
            @Nullable String error,
            @Nullable String cause,
            String at)
            implements Line {}
}
