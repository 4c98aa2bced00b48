package imageferry.local.machine;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Where a flow is: the state entered, with what, and the token that it already waits for, if any. */
record Position(
        String state, JsonNode input, Map<String, JsonNode> variables, Instant enteredAt, Optional<Parking> parking) {

    Position {
        variables = Map.copyOf(variables);
    }

    Position parked(Parking parking) {
        return new Position(state, input, variables, enteredAt, Optional.of(parking));
    }

    /** A wait for a token, and what is known of it. */
    record Parking(String token, Optional<Instant> deadline, boolean invoked, Optional<Verdict> verdict) {

        Parking afterInvocation() {
            return new Parking(token, deadline, true, verdict);
        }

        Parking decided(Verdict decision) {
            return new Parking(token, deadline, invoked, Optional.of(decision));
        }
    }
}
