package imageferry.local.machine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import imageferry.local.machine.definition.Bindings;
import imageferry.local.machine.definition.Json;
import imageferry.local.machine.definition.StateFailure;

/** One attempt at a state, with the values that its expressions can use. */
record Attempt(ExecutionContext context, StateEntry entry, History history, int retryCount) {
    Attempt retried(int retries) {
        // A retried task gets a new token: the old one belongs to the first attempt.
        var fresh = StateEntry.of(entry.state(), entry.input(), entry.variables(), entry.enteredAt());
        return new Attempt(context, fresh, history, retries);
    }

    Bindings bindings() {
        return bound(states());
    }

    Bindings withToken(String token) {
        var states = states();
        states.withObject("/context").putObject("Task").put("Token", token);
        return bound(states);
    }

    Bindings withResult(JsonNode result) {
        var states = states();
        states.set("result", result);
        return bound(states);
    }

    Bindings withError(StateFailure failure) {
        var states = states();
        states.set("errorOutput", errorOutput(failure));
        return bound(states);
    }

    /** Returns the output of a Catch without Output. */
    static JsonNode errorOutput(StateFailure failure) {
        var output = Json.MAPPER.createObjectNode();
        failure.error().ifPresent(error -> output.put("Error", error));
        failure.cause().ifPresent(cause -> output.put("Cause", cause));
        return output;
    }

    private Bindings bound(ObjectNode states) {
        return Bindings.of(states, entry.variables());
    }

    private ObjectNode states() {
        var object = context.contextObject();
        object.putObject("State")
                .put("Name", entry.state())
                .put("EnteredTime", entry.enteredAt().toString())
                .put("RetryCount", retryCount);
        var states = Json.MAPPER.createObjectNode();
        states.set("input", entry.input());
        states.set("context", object);
        return states;
    }
}
