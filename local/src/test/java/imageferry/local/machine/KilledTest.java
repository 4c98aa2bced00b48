package imageferry.local.machine;

import static imageferry.local.machine.RunningMachine.error;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.local.machine.definition.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An execution survives the end of its process at any moment. */
@Timeout(60)
@Tag("slow")
class KilledTest {
    @TempDir
    Path folder;

    private ShippedMachine shipped;

    @BeforeEach
    void aShippedMachine() throws IOException {
        shipped = new ShippedMachine();
    }

    private RunningMachine open(Path at) {
        return shipped.open(at);
    }

    /** Simulates kills between any two writes: the journal ends after any of its lines, or within one. */
    @Test
    void a_copy_ends_wherever_its_journal_was_cut() throws Exception {
        try (var running = open(folder.resolve("whole"))) {
            assertThat(running.run("{\"copyId\":\"c-1\"}").status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        }
        var whole = Files.readAllBytes(folder.resolve("whole/one.jsonl"));
        var cuts = new ArrayList<Integer>();
        for (var i = 0; i < whole.length; i++) {
            if (whole[i] == '\n') {
                cuts.addAll(List.of(i + 1, i, i - 7));
            }
        }
        assertThat(cuts).hasSizeGreaterThan(30);
        for (var cut : cuts.subList(2, cuts.size())) {
            endsAfter(Arrays.copyOf(whole, cut), folder.resolve("cut" + cut));
        }
    }

    private void endsAfter(byte[] journal, Path at) throws Exception {
        Files.createDirectories(at);
        Files.write(at.resolve("one.jsonl"), journal);
        try (var running = open(at)) {
            shipped.answer(running, tokens(journal));
            var arn = RunningMachine.NAME.executionArn("one");
            if (running.executions.list().isEmpty()) {
                // Its start was torn, so its caller never got an answer.
                assertThat(running.executions
                                .start("one", "{\"copyId\":\"c-1\"}")
                                .arn())
                        .isEqualTo(arn);
            }
            assertThat(running.end(arn).status())
                    .as(() -> new String(journal, StandardCharsets.UTF_8))
                    .isEqualTo(ExecutionStatus.SUCCEEDED);
        }
    }

    private static Set<String> tokens(byte[] journal) {
        var tokens = new HashSet<String>();
        Pattern.compile("\"token\":\"([^\"]+)\"")
                .matcher(new String(journal, StandardCharsets.UTF_8))
                .results()
                .forEach(match -> tokens.add(match.group(1)));
        return tokens;
    }

    @Test
    void a_parked_execution_keeps_its_token_and_its_deadline() throws Exception {
        var functions = new FakeFunctions();
        String token;
        var time = new FakeTime();
        try (var running = new RunningMachine(folder, TokenTest.MACHINE, functions, time)) {
            running.executions.start("one", "{}");
            token = TokenTest.token(running);
        }
        // In other runs the first process may not have time to write it. Here it had.
        Files.writeString(
                folder.resolve("one.jsonl"),
                Json.write(new HistoryEvent.TaskSubmitted(token)) + "\n",
                StandardOpenOption.APPEND);
        time.advance(Duration.ofMinutes(10));
        try (var running = new RunningMachine(folder, TokenTest.MACHINE, functions, time)) {
            time.awaitAlarmAt(time.instant().plus(Duration.ofMinutes(50)));

            running.executions.sendTaskSuccess(token, "5");

            assertThat(RunningMachine.output(running.end(RunningMachine.NAME.executionArn("one")))
                            .path("woken")
                            .asInt())
                    .isEqualTo(5);
            assertThat(functions.calls).isEmpty();
        }
    }

    @Test
    void a_deadline_that_passed_meanwhile_times_out() throws Exception {
        var time = new FakeTime();
        try (var running = new RunningMachine(folder, TokenTest.MACHINE, new FakeFunctions(), time)) {
            running.executions.start("one", "{}");
            TokenTest.token(running);
        }
        time.advance(Duration.ofDays(2));
        try (var running = new RunningMachine(folder, TokenTest.MACHINE, new FakeFunctions(), time)) {
            assertThat(error(running.end(RunningMachine.NAME.executionArn("one"))))
                    .isEqualTo("States.Timeout");
        }
    }

    @Test
    void a_function_that_was_interrupted_is_called_again() throws Exception {
        var machine = """
                StartAt: Work
                States:
                  Work:
                    Type: Task
                    Resource: arn:aws:states:::lambda:invoke
                    Arguments: {FunctionName: f, Payload: {}}
                    End: true
                """;
        var never = new CountDownLatch(1);
        var hangs = new FakeFunctions().with("f", it -> {
            never.await();
            return FakeFunctions.answer("1");
        });
        try (var running = new RunningMachine(folder, machine, hangs, new FakeTime())) {
            running.executions.start("one", "{}");
            hangs.calls.take();
        }
        try (var running = new RunningMachine(folder, machine)) {
            assertThat(running.end(RunningMachine.NAME.executionArn("one")).status())
                    .isEqualTo(ExecutionStatus.SUCCEEDED);
        }
    }

    @Test
    void an_ended_execution_stays_ended() throws Exception {
        ExecutionDescription before;
        try (var running = open(folder)) {
            before = running.run("{\"copyId\":\"c-1\"}");
        }
        Files.writeString(folder.resolve("one.jsonl"), "{\"event\":\"ent", StandardOpenOption.APPEND);
        try (var running = open(folder)) {
            assertThat(running.executions.list()).containsExactly(before);
        }
    }
}
