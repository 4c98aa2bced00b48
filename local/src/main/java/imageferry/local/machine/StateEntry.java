package imageferry.local.machine;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The state that a flow has entered, its input, and the token that it already waits for, if any. */
record StateEntry(
        String state,
        JsonNode input,
        Map<String, JsonNode> variables,
        Instant enteredAt,
        Optional<TokenWait> tokenWait) {
    StateEntry {
        variables = Map.copyOf(variables);
    }

    StateEntry waitingFor(TokenWait tokenWait) {
        return new StateEntry(state, input, variables, enteredAt, Optional.of(tokenWait));
    }

    /** A wait for a task token. */
    record TokenWait(String token, Optional<Instant> deadline, boolean invoked, Optional<TaskResult> result) {
        TokenWait afterInvocation() {
            return new TokenWait(token, deadline, true, result);
        }

        TokenWait answered(TaskResult answer) {
            return new TokenWait(token, deadline, invoked, Optional.of(answer));
        }
    }
}
