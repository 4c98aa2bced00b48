package imageferry.local.conformance;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import imageferry.local.Await;
import imageferry.local.lambda.Thrown;
import imageferry.local.machine.CallRefused;
import imageferry.local.machine.Environment;
import imageferry.local.machine.FunctionInvoker;
import imageferry.local.machine.InvocationResult;
import imageferry.local.machine.MachineName;
import imageferry.local.machine.StateMachine;
import imageferry.local.machine.SystemTimers;
import imageferry.local.machine.Timers;
import imageferry.local.machine.definition.Json;
import imageferry.local.machine.definition.Machine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** Our own runner, over the function's class itself. */
final class RunnerEngine implements Engine {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final Path folder;
    private final Clock clock = Clock.systemUTC();
    private final SystemTimers timers = new SystemTimers(clock);

    RunnerEngine(Path folder) {
        this.folder = folder;
    }

    /**
     * Calls the function as Lambda would, and records its inputs and the runner's intended pauses after failures. These
     * are the requested times of the timers, without their delays.
     */
    private final class Lambda implements FunctionInvoker, Timers {
        private final List<JsonNode> payloads = new CopyOnWriteArrayList<>();
        private final List<Duration> pauses = new CopyOnWriteArrayList<>();
        private final AtomicBoolean failed = new AtomicBoolean();
        private final AtomicReference<Optional<Duration>> pause = new AtomicReference<>(Optional.empty());

        List<JsonNode> payloads() {
            return payloads;
        }

        @Override
        public InvocationResult invoke(String functionName, byte[] payload) {
            var json = Json.read(new String(payload, StandardCharsets.UTF_8));
            payloads.add(json);
            failed.set(false);
            pause.getAndSet(Optional.empty()).ifPresent(pauses::add);
            try {
                var asked = Json.MAPPER.convertValue(json, new TypeReference<Map<String, Object>>() {});
                return new InvocationResult.Answer(bytes(new ScriptedFunction().handleRequest(asked, null)));
            } catch (RuntimeException thrown) {
                failed.set(true);
                return new InvocationResult.FunctionError(Thrown.payload(thrown));
            }
        }

        @Override
        public Timer at(Instant time, Runnable action) {
            if (failed.get()) {
                var wait = Duration.between(clock.instant(), time);
                // The time limit of a try may be set after its failure, and is longer than any pause.
                pause.updateAndGet(known ->
                        known.filter(other -> other.compareTo(wait) < 0).or(() -> Optional.of(wait)));
            }
            return timers.at(time, action);
        }

        private static byte[] bytes(Object value) {
            return Json.write(value).getBytes(StandardCharsets.UTF_8);
        }
    }

    @Override
    public CaseResult run(Case one) throws Exception {
        var lambda = new Lambda();
        var name = new MachineName("us-east-1", "111111111111", "Conformance");
        var machine = Machine.read(one.machine(), Map.of());
        var surroundings = new Environment(lambda, clock, lambda, new SecureRandom(), () -> true);
        try (var executions = StateMachine.open(name, machine, folder.resolve(one.name()), surroundings)) {
            var arn = executions.start("one", one.input()).arn();
            var refusals = new ArrayList<String>();
            for (var answer : one.answers()) {
                refusals.add(say(executions, answer, token(lambda, answer.token())));
            }
            var end = executions.ended(arn).get(SOON.toSeconds(), TimeUnit.SECONDS);
            var outcome = end.outcome();
            return CaseResult.of(
                    end.status().name(),
                    Objects.toString(outcome.output(), ""),
                    Objects.toString(outcome.error(), ""),
                    Objects.toString(outcome.cause(), ""),
                    lambda.payloads(),
                    one.hasFixedPauses() ? List.copyOf(lambda.pauses) : List.of(),
                    refusals);
        }
    }

    private static String token(Lambda lambda, int number) throws Exception {
        return number < 0
                ? "no-token"
                : Await.until(
                                "token " + number,
                                SOON,
                                () -> lambda.payloads().stream()
                                        .map(payload ->
                                                payload.path("taskToken").asText())
                                        .filter(token -> !token.isEmpty())
                                        .toList(),
                                tokens -> tokens.size() > number)
                        .get(number);
    }

    private static String say(StateMachine executions, Case.Answer answer, String token) {
        try {
            if (answer.isSuccess()) {
                executions.sendTaskSuccess(token, answer.output());
            } else {
                executions.sendTaskFailure(token, answer.error(), answer.cause());
            }
            return "";
        } catch (CallRefused refused) {
            return refused.code().name();
        }
    }

    @Override
    public void close() {
        timers.close();
    }
}
