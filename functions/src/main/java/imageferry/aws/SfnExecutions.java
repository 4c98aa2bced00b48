package imageferry.aws;

import imageferry.copying.Executions;
import imageferry.copying.Reason;
import imageferry.copying.Wake;
import imageferry.id.CopyId;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/** The executions of one Step Functions state machine. */
public final class SfnExecutions implements Executions {
    /** The error by which the state machine knows a stop; the name of a class of ours. */
    private static final String STOPPED = "imageferry.function.error.CopyCancelled";
    /** Step Functions takes causes of at most this many characters. */
    private static final int LONGEST_CAUSE = 32_768;

    private final SfnClient client;
    private final String stateMachine;

    /** @param stateMachine its ARN */
    public SfnExecutions(SfnClient client, String stateMachine) {
        this.client = client;
        this.stateMachine = stateMachine;
    }

    @Override
    public void start(CopyId copy) {
        try {
            client.startExecution(request ->
                    request.stateMachineArn(stateMachine).name(copy.value()).input(document(copy)));
        } catch (ExecutionAlreadyExistsException e) {
            // Ignore an execution of this name that runs or ran: each copy has only one.
        }
    }

    @Override
    public State state(CopyId copy) {
        try {
            var execution = stateMachine.replace(":stateMachine:", ":execution:") + ":" + copy;
            var status = client.describeExecution(request -> request.executionArn(execution))
                    .status();
            return switch (status) {
                case RUNNING, PENDING_REDRIVE -> State.RUNNING;
                case SUCCEEDED -> State.SUCCEEDED;
                default -> State.FAILED;
            };
        } catch (ExecutionDoesNotExistException e) {
            return State.ABSENT;
        }
    }

    @Override
    public void go(CopyId copy, Wake wake) {
        deliver(() -> client.sendTaskSuccess(
                request -> request.taskToken(wake.token()).output(document(copy))));
    }

    @Override
    public void stop(CopyId copy, Wake wake, Reason reason) {
        var text = reason.toString();
        var cause = text.substring(0, Math.min(text.length(), LONGEST_CAUSE));
        deliver(() -> client.sendTaskFailure(
                request -> request.taskToken(wake.token()).error(STOPPED).cause(cause)));
    }

    private static void deliver(Runnable call) {
        try {
            call.run();
        } catch (TaskTimedOutException | TaskDoesNotExistException | InvalidTokenException e) {
            // Ignore a token that no execution waits for any more.
        }
    }

    private static String document(CopyId copy) {
        return "{\"copyId\":\"" + copy + "\"}";
    }
}
