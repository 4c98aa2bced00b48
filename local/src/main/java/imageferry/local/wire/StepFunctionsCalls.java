package imageferry.local.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import imageferry.local.machine.CallRefused;
import imageferry.local.machine.ExecutionDescription;
import imageferry.local.machine.StateMachine;
import imageferry.local.machine.definition.Json;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The operations of Step Functions that the functions use, for the one state machine of the home region. */
record StepFunctionsCalls(StateMachine executions, CallAccessCheck accessCheck) {
    JsonNode answer(SignedCall call) {
        try {
            return switch (call.operation()) {
                case "StartExecution" -> start(call);
                case "DescribeExecution" -> describe(call);
                case "SendTaskSuccess" -> succeed(call);
                case "SendTaskFailure" -> fail(call);
                default ->
                    throw new WireError(
                            "UnknownOperationException",
                            "AWSStepFunctions." + call.operation() + " is not served in local mode.");
            };
        } catch (CallRefused refused) {
            throw new WireError(refused.code().name(), String.valueOf(refused.getMessage()));
        }
    }

    private JsonNode start(SignedCall call) {
        var arn = call.required("stateMachineArn");
        call.check(accessCheck, "states:StartExecution", arn);
        if (isElsewhere(call) || !arn.equals(executions.machineName().arn())) {
            throw new CallRefused(
                    CallRefused.Code.StateMachineDoesNotExist, "State Machine Does Not Exist: '" + arn + "'");
        }
        var name = call.optional("name").orElseGet(() -> UUID.randomUUID().toString());
        var execution = executions.start(name, call.optional("input").orElse("{}"));
        return Json.MAPPER
                .createObjectNode()
                .put("executionArn", execution.arn())
                .put("startDate", seconds(execution.startDate()));
    }

    private JsonNode describe(SignedCall call) {
        var arn = call.required("executionArn");
        call.check(accessCheck, "states:DescribeExecution", arn);
        if (isElsewhere(call)) {
            throw new CallRefused(CallRefused.Code.ExecutionDoesNotExist, "Execution Does Not Exist: '" + arn + "'");
        }
        return json(executions.describe(arn));
    }

    private ObjectNode json(ExecutionDescription execution) {
        var answer = Json.MAPPER
                .createObjectNode()
                .put("executionArn", execution.arn())
                .put("stateMachineArn", executions.machineName().arn())
                .put("name", execution.name())
                .put("status", execution.status().name())
                .put("startDate", seconds(execution.startDate()))
                .put("input", execution.input());
        var outcome = execution.outcome();
        if (outcome != null) {
            answer.put("stopDate", seconds(outcome.stopDate()));
            putIfPresent(answer, "output", outcome.output());
            putIfPresent(answer, "error", outcome.error());
            putIfPresent(answer, "cause", outcome.cause());
        }
        return answer;
    }

    private static void putIfPresent(ObjectNode answer, String name, @Nullable String value) {
        if (value != null) {
            answer.put(name, value);
        }
    }

    private JsonNode succeed(SignedCall call) {
        var token = token(call, "states:SendTaskSuccess");
        executions.sendTaskSuccess(token, call.required("output"));
        return Json.MAPPER.createObjectNode();
    }

    private JsonNode fail(SignedCall call) {
        var token = token(call, "states:SendTaskFailure");
        executions.sendTaskFailure(
                token,
                call.optional("error").orElse(null),
                call.optional("cause").orElse(null));
        return Json.MAPPER.createObjectNode();
    }

    private String token(SignedCall call, String action) {
        call.check(accessCheck, action, executions.machineName().arn());
        var token = call.required("taskToken");
        if (isElsewhere(call)) {
            throw new CallRefused(CallRefused.Code.TaskDoesNotExist, "Task does not exist");
        }
        return token;
    }

    private boolean isElsewhere(SignedCall call) {
        return !call.region().equals(executions.machineName().region());
    }

    /** Returns the protocol's time: seconds since 1970, with a fraction. */
    private static double seconds(Instant time) {
        return time.toEpochMilli() / 1_000.0;
    }
}
