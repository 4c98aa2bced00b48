package imageferry.local.machine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import imageferry.local.machine.definition.Bindings;
import imageferry.local.machine.definition.Json;
import imageferry.local.machine.definition.StateFailure;
import java.util.Optional;

/** One attempt at a state, and what its expressions see. */
record Visit(Course course, Position position, Trail trail, int retryCount) {

    Visit retried(int retries) {
        // A retried task gets a new token: what was parked belongs to the first attempt.
        var fresh = new Position(
                position.state(), position.input(), position.variables(), position.enteredAt(), Optional.empty());
        return new Visit(course, fresh, trail, retries);
    }

    Bindings bindings() {
        return bound(states());
    }

    Bindings withToken(String token) {
        ObjectNode states = states();
        states.withObject("/context").putObject("Task").put("Token", token);
        return bound(states);
    }

    Bindings withResult(JsonNode result) {
        ObjectNode states = states();
        states.set("result", result);
        return bound(states);
    }

    Bindings withError(StateFailure failure) {
        ObjectNode states = states();
        states.set("errorOutput", errorOutput(failure));
        return bound(states);
    }

    /** What a Catch without Output hands on. */
    static JsonNode errorOutput(StateFailure failure) {
        ObjectNode output = Json.MAPPER.createObjectNode();
        failure.error().ifPresent(error -> output.put("Error", error));
        failure.cause().ifPresent(cause -> output.put("Cause", cause));
        return output;
    }

    private Bindings bound(ObjectNode states) {
        return Bindings.of(states, position.variables());
    }

    private ObjectNode states() {
        ObjectNode context = course.context();
        context.putObject("State")
                .put("Name", position.state())
                .put("EnteredTime", position.enteredAt().toString())
                .put("RetryCount", retryCount);
        ObjectNode states = Json.MAPPER.createObjectNode();
        states.set("input", position.input());
        states.set("context", context);
        return states;
    }
}
