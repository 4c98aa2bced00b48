package imageferry.local.machine;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.local.machine.CallRefused.Code;
import imageferry.local.machine.definition.Json;
import imageferry.local.machine.definition.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The executions of one state machine, each with its journal in one folder. Opening a folder loads those that have not ended
 * and the last that have; the unfinished ones continue when {@link #resume} is called. A plain task that was interrupted is
 * called again, so functions must tolerate a second call.
 */
public final class StateMachine implements AutoCloseable {
    private static final Pattern NAME = Pattern.compile("[^\\s<>{}\\[\\]?*\"#%\\\\^|~`$&,;:/\\p{Cntrl}]{1,80}");

    private final MachineName name;
    private final Machine machine;
    private final Path folder;
    private final Environment environment;
    private final Workers workers = new Workers();
    private final Map<String, Execution> executions = new ConcurrentHashMap<>();
    private final EndedExecutions ended = new EndedExecutions(this::forget);
    private volatile boolean closed;

    private StateMachine(MachineName name, Machine machine, Path folder, Environment environment) {
        this.name = name;
        this.machine = machine;
        this.folder = folder;
        this.environment = environment;
    }

    /**
     * Reads every journal of the folder, which is created if absent; nothing runs before {@link #resume}.
     *
     * @throws DamagedJournal when a journal has a line that cannot be read
     */
    public static StateMachine open(MachineName name, Machine machine, Path folder, Environment environment) {
        var executions = new StateMachine(name, machine, folder, environment);
        try {
            Files.createDirectories(folder);
            try (var files = Files.list(folder)) {
                for (var file : files.toList()) {
                    executions.load(file);
                }
                executions.executions.values().stream()
                        .filter(execution -> !execution.isRunning())
                        .sorted(Comparator.comparing(Execution::endedAt))
                        .forEach(executions.ended::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot open the executions in " + folder, e);
        }
        return executions;
    }

    private void load(Path file) throws IOException {
        var journal = new Journal(file);
        switch (JournalFile.of(file)) {
            case STARTED -> RecoveredExecution.of(journal.read()).ifPresent(it -> keep(it, journal));
            case TORN_START -> journal.delete();
            case EMPTY, FOREIGN -> {}
        }
    }

    /** Synchronized with starts: one of the same name would write into the journal that is removed here. */
    private synchronized void forget(Execution execution) {
        execution.forget();
        executions.remove(execution.name(), execution);
    }

    private Execution keep(RecoveredExecution recovered, Journal journal) {
        var context = new ExecutionContext(name, recovered.started(), environment, workers);
        var execution = new Execution(context, journal, recovered, machine.flow());
        executions.put(recovered.started().name(), execution);
        return execution;
    }

    /** Continues every execution that has not ended. To be called once, when functions can be called. */
    public synchronized void resume() {
        executions.values().stream().filter(Execution::isRunning).forEach(this::run);
    }

    private void run(Execution execution) {
        // Called before the end is visible, so executions that end one after the other are forgotten in that order.
        execution.run(machine, ended::add);
    }

    public MachineName machineName() {
        return name;
    }

    /**
     * Starts an execution, or describes the running one of the same name and input.
     *
     * @return its description
     * @throws CallRefused {@code InvalidName}, {@code InvalidExecutionInput}, {@code ExecutionAlreadyExists}
     */
    public synchronized ExecutionDescription start(String executionName, String inputJson) {
        refuseIfClosed();
        if (!NAME.matcher(executionName).matches()) {
            throw new CallRefused(Code.InvalidName, "Invalid Name: '" + executionName + "'");
        }
        var input = json(inputJson, Code.InvalidExecutionInput, "Invalid State Machine Execution Input: ");
        var known = executions.get(executionName);
        if (known != null) {
            if (known.isRunning() && known.hasInput(input)) {
                return known.describe();
            }
            throw new CallRefused(
                    Code.ExecutionAlreadyExists,
                    "Execution Already Exists: '" + name.executionArn(executionName) + "'");
        }
        var started = new HistoryEvent.ExecutionStarted(
                executionName, input, environment.clock().instant().toString());
        var journal = journalOf(executionName);
        journal.append(started);
        var execution = keep(RecoveredExecution.of(started), journal);
        run(execution);
        return execution.describe();
    }

    /** Refuses to append to a file of that name which is not a journal. */
    private Journal journalOf(String executionName) {
        var file = folder.resolve(executionName + JournalFile.SUFFIX);
        try {
            if (JournalFile.of(file) == JournalFile.Kind.FOREIGN) {
                throw new FileAlreadyExistsException(file.toString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the journal " + file, e);
        }
        return new Journal(file);
    }

    /** @throws CallRefused {@code ExecutionDoesNotExist} */
    public ExecutionDescription describe(String arn) {
        return find(arn).describe();
    }

    /** Completes when the execution has ended; never, if this is closed before. */
    public CompletableFuture<ExecutionDescription> ended(String arn) {
        var execution = find(arn);
        return execution.end().thenApply(end -> execution.describe());
    }

    /** Returns all of them, the oldest first. */
    public List<ExecutionDescription> list() {
        return executions.values().stream()
                .map(Execution::describe)
                .sorted(Comparator.comparing(ExecutionDescription::startDate).thenComparing(ExecutionDescription::name))
                .toList();
    }

    /** @throws CallRefused {@code InvalidOutput}, {@code InvalidToken}, {@code TaskDoesNotExist}, {@code TaskTimedOut} */
    public void sendTaskSuccess(String token, String outputJson) {
        answer(token, new TaskResult.Success(json(outputJson, Code.InvalidOutput, "Invalid output: ")));
    }

    /** @throws CallRefused {@code InvalidToken}, {@code TaskDoesNotExist}, {@code TaskTimedOut} */
    public void sendTaskFailure(String token, @Nullable String error, @Nullable String cause) {
        answer(token, new TaskResult.Failure(error, cause));
    }

    private void answer(String token, TaskResult result) {
        refuseIfClosed();
        var execution = executions.get(TaskToken.executionOf(token));
        if (execution == null) {
            throw new CallRefused(Code.TaskDoesNotExist, "Task does not exist");
        }
        if (!execution.answer(token, result)) {
            throw new CallRefused(Code.TaskTimedOut, "Task Timed Out: 'Provided task does not exist anymore'");
        }
    }

    private Execution find(String arn) {
        if (!arn.startsWith(name.executionPrefix())) {
            throw new CallRefused(Code.ExecutionDoesNotExist, "Execution Does Not Exist: '" + arn + "'");
        }
        return Optional.ofNullable(
                        executions.get(arn.substring(name.executionPrefix().length())))
                .orElseThrow(
                        () -> new CallRefused(Code.ExecutionDoesNotExist, "Execution Does Not Exist: '" + arn + "'"));
    }

    private static JsonNode json(String text, Code code, String prefix) {
        try {
            var value = Json.read(text);
            if (Json.size(value) > OutputProcessor.MAX_BYTES) {
                throw new CallRefused(code, prefix + "above " + OutputProcessor.MAX_BYTES + " bytes");
            }
            return value;
        } catch (IllegalArgumentException e) {
            throw new CallRefused(code, prefix + e.getMessage());
        }
    }

    private void refuseIfClosed() {
        if (closed) {
            throw new IllegalStateException("The executions are closed");
        }
    }

    /** Stops every thread; unfinished executions continue when the folder is opened again. */
    @Override
    public void close() {
        synchronized (this) {
            // Not during a start, which would leave a running thread.
            closed = true;
            executions.values().forEach(Execution::close);
        }
        workers.close();
    }
}
