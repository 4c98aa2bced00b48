package imageferry.local.machine;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.local.machine.definition.Json;
import imageferry.local.machine.definition.Machine;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** A machine on a folder, with functions and a time of its own. */
final class Bench implements AutoCloseable {

    static final MachineName NAME = new MachineName("us-east-1", "111111111111", "CopyImage");

    final FakeTime time;
    final FakeFunctions functions;
    final Executions executions;
    volatile boolean writable = true;

    Bench(Path folder, String states) {
        this(folder, states, new FakeFunctions(), new FakeTime());
    }

    Bench(Path folder, String states, FakeFunctions functions, FakeTime time) {
        this(folder, Machine.read("QueryLanguage: JSONata\n" + states, Map.of()), functions, time, true);
    }

    Bench(Path folder, Machine machine, FakeFunctions functions, FakeTime time, boolean resumed) {
        this.functions = functions;
        this.time = time;
        executions = Executions.open(
                NAME, machine, folder, new Surroundings(functions, time, time, new Random(7), () -> writable));
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
        return Json.read(execution.outcome().orElseThrow().output().orElseThrow(() -> new AssertionError(execution)));
    }

    static String error(ExecutionDescription execution) {
        return execution.outcome().orElseThrow().error().orElse("");
    }

    static String cause(ExecutionDescription execution) {
        return execution.outcome().orElseThrow().cause().orElse("");
    }

    @Override
    public void close() {
        executions.close();
    }
}
