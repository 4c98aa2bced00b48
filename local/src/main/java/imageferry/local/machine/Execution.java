package imageferry.local.machine;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.local.machine.ExecutionDescription.Outcome;
import imageferry.local.machine.definition.ErrorNames;
import imageferry.local.machine.definition.Flow;
import imageferry.local.machine.definition.Json;
import imageferry.local.machine.definition.Machine;
import imageferry.local.machine.definition.StateFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One execution from its start, or from where its journal ends, to its own end. */
final class Execution {

    private static final System.Logger LOG = System.getLogger(Execution.class.getName());

    private final Course course;
    private final Journal journal;
    private final Trail.Written trail;
    private final Position from;
    private final boolean entered;
    private final CompletableFuture<Line.Ended> end = new CompletableFuture<>();
    private volatile boolean outOfTime;

    Execution(Course course, Journal journal, Recording recording, Flow flow) {
        this.course = course;
        this.journal = journal;
        this.trail = new Trail.Written(journal, course.surroundings());
        this.entered = recording.position().isPresent();
        this.from = recording
                .position()
                .orElseGet(() -> new Position(
                        flow.startAt(), course.started().input(), Map.of(), course.now(), Optional.empty()));
        recording.ended().ifPresent(end::complete);
        if (isRunning()) {
            // Open before anybody can send: an answer that came too early would be told that it came too late.
            from.parking().ifPresent(trail::resume);
        }
    }

    boolean isRunning() {
        return !end.isDone();
    }

    /** @param ending is called when the end is in the journal, and before anybody is told of it */
    void run(Machine machine, Consumer<Execution> ending) {
        course.workers().start("execution-" + course.started().name(), () -> {
            try {
                finish(walked(machine), ending);
            } catch (InterruptedException closing) {
                // It goes on when the folder is opened again.
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Goes to the end. By the machine's own timeout it ends; by the closing of this process it only pauses. */
    private Line.Ended walked(Machine machine) throws InterruptedException {
        Optional<Timers.Timer> timer = machine.timeout().map(this::limit);
        try {
            var walk = new Walk(course, machine.flow(), trail);
            JsonNode output = entered ? walk.resume(from) : walk.from(from);
            return ended(ExecutionStatus.SUCCEEDED, output, null, null);
        } catch (InterruptedException | CancellationException e) {
            if (outOfTime) {
                return timedOut();
            }
            throw e;
        } catch (StateFailure failure) {
            return outOfTime ? timedOut() : failed(failure);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.log(System.Logger.Level.ERROR, "Execution " + course.started().name() + " broke", e);
            return outOfTime ? timedOut() : failed(new StateFailure(ErrorNames.RUNTIME, e.toString()));
        } finally {
            timer.ifPresent(Timers.Timer::cancel);
        }
    }

    private Timers.Timer limit(Duration timeout) {
        Thread walker = Thread.currentThread();
        return course.surroundings()
                .timers()
                .at(Instant.parse(course.started().at()).plus(timeout), () -> {
                    outOfTime = true;
                    walker.interrupt();
                });
    }

    private Line.Ended failed(StateFailure failure) {
        return ended(
                ExecutionStatus.FAILED,
                null,
                failure.error().orElse(null),
                failure.cause().orElse(null));
    }

    private Line.Ended timedOut() {
        return ended(ExecutionStatus.TIMED_OUT, null, ErrorNames.TIMEOUT, null);
    }

    private Line.Ended ended(
            ExecutionStatus status, @Nullable JsonNode output, @Nullable String error, @Nullable String cause) {
        return new Line.Ended(status, output, error, cause, course.now().toString());
    }

    private void finish(Line.Ended ended, Consumer<Execution> ending) {
        trail.closeTokens();
        while (isRunning() && !journal.isClosed()) {
            try {
                journal.appendPatiently(ended, course.surroundings());
                ending.accept(this);
                end.complete(ended);
            } catch (InterruptedException late) {
                // By a timeout that came in the moment of the end. Closing closes the journal before it interrupts.
                LOG.log(System.Logger.Level.DEBUG, "The end of an execution was interrupted", late);
            }
        }
    }

    /** False if the token is not open (any more). */
    boolean answer(String token, Verdict verdict) {
        return trail.find(token).map(task -> task.answer(verdict)).orElse(false);
    }

    boolean hasInput(JsonNode input) {
        return course.started().input().equals(input);
    }

    String name() {
        return course.started().name();
    }

    /** When it ended; the end of time while it runs. */
    Instant endedAt() {
        return Optional.ofNullable(end.getNow(null))
                .map(ended -> Instant.parse(ended.at()))
                .orElse(Instant.MAX);
    }

    void close() {
        journal.close();
    }

    void forget() {
        journal.delete();
    }

    CompletableFuture<Line.Ended> end() {
        return end;
    }

    ExecutionDescription describe() {
        Line.Started started = course.started();
        Optional<Line.Ended> ended = Optional.ofNullable(end.getNow(null));
        return new ExecutionDescription(
                course.machine().executionArn(started.name()),
                started.name(),
                ended.map(Line.Ended::status).orElse(ExecutionStatus.RUNNING),
                Json.write(started.input()),
                Instant.parse(started.at()),
                ended.map(it -> new Outcome(
                        Optional.ofNullable(it.output()).map(Json::write),
                        Optional.ofNullable(it.error()),
                        Optional.ofNullable(it.cause()),
                        Instant.parse(it.at()))));
    }
}
