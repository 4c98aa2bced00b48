package imageferry.local.machine;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The state that a flow has entered, its input, and the token that it already waits for, if any. */
record StateEntry(
        String state,
        JsonNode input,
        Map<String, JsonNode> variables,
        Instant enteredAt,
        @Nullable TokenWait tokenWait) {
    StateEntry {
        variables = Map.copyOf(variables);
    }

    /** Returns a state that has just been entered, and waits for no token yet. */
    static StateEntry of(String state, JsonNode input, Map<String, JsonNode> variables, Instant enteredAt) {
        return new StateEntry(state, input, variables, enteredAt, null);
    }

    StateEntry waitingFor(TokenWait tokenWait) {
        return new StateEntry(state, input, variables, enteredAt, tokenWait);
    }

    record TokenWait(
            String token,
            @Nullable Instant deadline,
            boolean invoked,
            @Nullable TaskResult result) {
        static TokenWait of(String token, @Nullable Instant deadline) {
            return new TokenWait(token, deadline, false, null);
        }

        TokenWait afterInvocation() {
            return new TokenWait(token, deadline, true, result);
        }

        TokenWait answered(TaskResult answer) {
            return new TokenWait(token, deadline, invoked, answer);
        }
    }
}
