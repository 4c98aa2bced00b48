package imageferry.local.cloud;

import imageferry.local.lambda.Answer;
import imageferry.local.lambda.Endpoints;
import imageferry.local.lambda.LambdaService;
import imageferry.local.lambda.RoleCheck;
import imageferry.local.machine.FunctionInvoker;
import imageferry.local.machine.InvocationResult;
import imageferry.local.template.StateMachineSpec;
import java.util.concurrent.CompletableFuture;

/** Calls functions for the state machine, with the rights of its own role. */
final class MachineInvoker implements FunctionInvoker {
    private final StateMachineSpec machine;
    private final RoleCheck roleCheck;
    private final CompletableFuture<LambdaService> lambda = new CompletableFuture<>();

    MachineInvoker(StateMachineSpec machine, RoleCheck roleCheck) {
        this.machine = machine;
        this.roleCheck = roleCheck;
    }

    /** The functions need the address of the state machine's server first, so they come after it. */
    void callsOn(LambdaService functions) {
        lambda.complete(functions);
    }

    @Override
    public InvocationResult invoke(String functionName, byte[] payload) throws InterruptedException {
        var functions = lambda.join();
        var refusal =
                roleCheck.refusal(Endpoints.KEY_PREFIX + machine.logicalId(), "lambda:InvokeFunction", functionName);
        if (refusal.isPresent()) {
            return new InvocationResult.ServiceError("Lambda.AWSLambdaException", refusal.get());
        }
        var answer = functions.invoke(functionName, payload);
        if (Thread.interrupted()) {
            throw new InterruptedException("closing");
        }
        return switch (answer) {
            case Answer.Returned returned -> new InvocationResult.Answer(returned.payload());
            case Answer.Failed failed -> new InvocationResult.FunctionError(failed.payload());
            case Answer.Refused refused -> new InvocationResult.ServiceError(refused.errorName(), refused.message());
        };
    }
}
