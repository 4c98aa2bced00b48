package imageferry.local.machine;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.local.machine.definition.Json;
import imageferry.local.machine.definition.Machine;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** A machine on a folder, with its own functions and time. */
final class RunningMachine implements AutoCloseable {
    static final MachineName NAME = new MachineName("us-east-1", "111111111111", "CopyImage");

    final FakeTime time;
    final FakeFunctions functions;
    final StateMachine executions;
    volatile boolean writable = true;

    RunningMachine(Path folder, String states) {
        this(folder, states, new FakeFunctions(), new FakeTime());
    }

    RunningMachine(Path folder, String states, FakeFunctions functions, FakeTime time) {
        this(folder, Machine.read("QueryLanguage: JSONata\n" + states, Map.of()), functions, time, true);
    }

    RunningMachine(Path folder, Machine machine, FakeFunctions functions, FakeTime time, boolean resumed) {
        this.functions = functions;
        this.time = time;
        executions = StateMachine.open(
                NAME, machine, folder, new Environment(functions, time, time, new Random(7), () -> writable));
        if (resumed) {
            executions.resume();
        }
    }

    /** Runs to the end. */
    ExecutionDescription run(String input) throws Exception {
        return end(executions.start("one", input).arn());
    }

    ExecutionDescription end(String arn) throws Exception {
        return executions.ended(arn).get(20, TimeUnit.SECONDS);
    }

    static JsonNode output(ExecutionDescription execution) {
        return Json.read(Objects.requireNonNull(execution.outcome().output(), execution::toString));
    }

    static String error(ExecutionDescription execution) {
        return Objects.toString(execution.outcome().error(), "");
    }

    static String cause(ExecutionDescription execution) {
        return Objects.toString(execution.outcome().cause(), "");
    }

    @Override
    public void close() {
        executions.close();
    }
}
