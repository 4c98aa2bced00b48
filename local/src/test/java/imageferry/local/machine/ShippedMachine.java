package imageferry.local.machine;

import imageferry.local.machine.definition.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The shipped machine, over minimal functions. */
final class ShippedMachine {
    private final FakeFunctions functions = new FakeFunctions();
    private final Machine machine;

    /** Batches that have once answered that they are not done. */
    private final Set<Integer> begun = ConcurrentHashMap.newKeySet();

    ShippedMachine() throws IOException {
        var text =
                Files.readString(Path.of(System.getProperty("imageferry.home"), "statemachine", "copy-image.asl.yaml"));
        var substitutions = new HashMap<String, String>();
        Pattern.compile("\\$\\{(\\w+)}")
                .matcher(text)
                .results()
                .forEach(match -> substitutions.put(match.group(1), match.group(1)));
        substitutions.putAll(Map.of("CopyWorkers", "40", "Partition", "aws"));
        machine = Machine.read(text, substitutions);
        functions
                .with("ValidateCopyFunction", it -> FakeFunctions.answer("{\"copyId\":\"c-1\",\"route\":\"slot\"}"))
                .with("StartSnapshotCopyFunction", it -> FakeFunctions.answer("""
                                {"copyId":"c-1","batches":[{"batch":0,"firstPart":1,"lastPart":5},
                                 {"batch":1,"firstPart":6,"lastPart":9}]}"""))
                .with(
                        "CopySnapshotPartsFunction",
                        it -> FakeFunctions.answer(
                                "{\"done\":" + !begun.add(it.at("/batch/batch").asInt()) + "}"));
    }

    FakeFunctions functions() {
        return functions;
    }

    /** Every copy gets its slot at once, and time jumps over the waits between retries. */
    RunningMachine open(Path folder) {
        var time = new FakeTime().jumping(Duration.ofSeconds(50));
        var running = new RunningMachine(folder, machine, functions, time, false);
        functions.with("RequestSlotFunction", it -> {
            answer(running, Set.of(it.path("taskToken").asText()));
            return FakeFunctions.answer("{}");
        });
        running.executions.resume();
        return running;
    }

    /** Answers tokens, some of which may already have an answer. */
    void answer(RunningMachine running, Set<String> tokens) {
        for (var token : tokens) {
            try {
                running.executions.sendTaskSuccess(token, "{\"copyId\":\"c-1\"}");
            } catch (CallRefused refused) {
                if (refused.code() != CallRefused.Code.TaskTimedOut) {
                    throw refused;
                }
            }
        }
    }
}
