package imageferry.local.machine;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.local.machine.definition.Bindings;
import imageferry.local.machine.definition.ErrorNames;
import imageferry.local.machine.definition.Json;
import imageferry.local.machine.definition.State;
import imageferry.local.machine.definition.StateFailure;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** One call of a function, on its own thread: a state's timeout does not stop the function, as on AWS. */
record FunctionCall(String function, JsonNode payload) {
    static FunctionCall of(State.Call call, Bindings bindings) {
        var name = call.functionName().evaluate(bindings);
        if (!name.isTextual()) {
            throw new StateFailure(ErrorNames.QUERY_EVALUATION, "FunctionName must be a string, not " + name + ".");
        }
        return new FunctionCall(
                name.textValue(), OutputProcessor.limited(call.payload().evaluate(bindings)));
    }

    /** Returns the end of the state's timeout. */
    static Optional<Instant> deadline(State.Call call, Bindings bindings, Instant from) {
        return Optional.ofNullable(call.timeout())
                .map(timeout -> from.plusSeconds(seconds("TimeoutSeconds", timeout.evaluate(bindings), 1)));
    }

    /** @throws StateFailure {@code States.QueryEvaluationError} unless it is a whole number from {@code least} */
    static int seconds(String field, JsonNode value, int least) {
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < least) {
            throw new StateFailure(
                    ErrorNames.QUERY_EVALUATION,
                    field + " must be a whole number from " + least + ", not " + value + ".");
        }
        return value.intValue();
    }

    /** Calls the function and passes on either the task's result or its failure. */
    void start(ExecutionContext context, Consumer<JsonNode> done, Consumer<StateFailure> failed) {
        context.workers().start("call-" + function, () -> {
            try {
                done.accept(result(context.environment().functions().invoke(function, bytes())));
            } catch (StateFailure failure) {
                failed.accept(failure);
            } catch (InterruptedException e) {
                // The process closes: the waiting thread is interrupted, too.
                Thread.currentThread().interrupt();
            } catch (RuntimeException | Error e) {
                failed.accept(new StateFailure(ErrorNames.LAMBDA_UNKNOWN, e.toString()));
            }
        });
    }

    private byte[] bytes() {
        return Json.write(payload).getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode result(InvocationResult result) {
        return switch (result) {
            case InvocationResult.Answer(byte[] payload) ->
                Json.MAPPER
                        .createObjectNode()
                        .put("ExecutedVersion", "$LATEST")
                        .put("StatusCode", 200)
                        .set("Payload", json(payload));
            case InvocationResult.FunctionError(byte[] payload) ->
                throw new StateFailure(
                        json(payload).path("errorType").asText(ErrorNames.LAMBDA_UNKNOWN),
                        new String(payload, StandardCharsets.UTF_8));
            case InvocationResult.ServiceError(String error, String cause) -> throw new StateFailure(error, cause);
        };
    }

    /** An answer that is not JSON is a string to Step Functions. */
    private static JsonNode json(byte[] payload) {
        var text = new String(payload, StandardCharsets.UTF_8);
        try {
            return Json.read(text);
        } catch (IllegalArgumentException e) {
            return Json.node(text);
        }
    }
}
