package imageferry.local.command;

import imageferry.copying.Executions;
import imageferry.copying.Reason;
import imageferry.copying.Wake;
import imageferry.id.CopyId;
import imageferry.local.machine.CallRefused;
import imageferry.local.machine.ExecutionDescription;
import imageferry.local.machine.ExecutionStatus;
import imageferry.local.machine.StateMachine;
import java.util.Set;
import java.util.stream.Stream;

/** The executions of a machine in this process, with the interface of Step Functions. */
final class Workflows implements Executions {
    private static final String STOPPED = "imageferry.function.error.CopyCancelled";

    private final StateMachine machine;
    private final Set<String> dead;
    private final Runnable changed;

    /** @param dead the names of executions that were stopped from outside */
    Workflows(StateMachine machine, Set<String> dead, Runnable changed) {
        this.machine = machine;
        this.dead = dead;
        this.changed = changed;
    }

    /** The names of those that have not ended. */
    Stream<String> running() {
        return machine.list().stream()
                .filter(execution -> execution.status() == ExecutionStatus.RUNNING)
                .map(ExecutionDescription::name);
    }

    @Override
    public void start(CopyId copy) {
        try {
            var started = machine.start(copy.value(), document(copy));
            var _ = machine.ended(started.arn()).thenRun(changed);
        } catch (CallRefused refused) {
            if (refused.code() != CallRefused.Code.ExecutionAlreadyExists) {
                throw refused;
            }
        }
    }

    @Override
    public State state(CopyId copy) {
        if (dead.contains(copy.value())) {
            return State.FAILED;
        }
        try {
            var execution = machine.describe(machine.machineName().executionArn(copy.value()));
            return switch (execution.status()) {
                case RUNNING -> State.RUNNING;
                case SUCCEEDED -> State.SUCCEEDED;
                default -> State.FAILED;
            };
        } catch (CallRefused refused) {
            return State.ABSENT;
        }
    }

    @Override
    public void go(CopyId copy, Wake wake) {
        deliver(copy, () -> machine.sendTaskSuccess(wake.token(), document(copy)));
    }

    @Override
    public void stop(CopyId copy, Wake wake, Reason reason) {
        deliver(copy, () -> machine.sendTaskFailure(wake.token(), STOPPED, reason.toString()));
    }

    /** A token that no task waits for any more counts as delivered. */
    private void deliver(CopyId copy, Runnable call) {
        if (dead.contains(copy.value())) {
            return;
        }
        try {
            call.run();
        } catch (CallRefused refused) {
            switch (refused.code()) {
                case TaskTimedOut, TaskDoesNotExist, InvalidToken -> {}
                default -> throw refused;
            }
        }
    }

    private static String document(CopyId copy) {
        return "{\"copyId\":\"" + copy + "\"}";
    }
}
