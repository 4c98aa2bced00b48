package imageferry.local.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import imageferry.account.AccountId;
import imageferry.function.error.CopyCancelled;
import imageferry.function.error.SnapshotCorrupt;
import imageferry.function.error.TemporarilyUnavailable;
import imageferry.local.Await;
import imageferry.local.localstack.LocalStack;
import imageferry.local.machine.definition.Json;
import imageferry.region.Region;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.pagination.sync.SdkIterable;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.Architecture;
import software.amazon.awssdk.services.lambda.model.Runtime;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.SfnException;

/** LocalStack's Step Functions, over the function in its own containers. */
final class LocalStackEngine implements Engine {
    /** A separate account, which contains nothing else. */
    private static final AccountId ACCOUNT = new AccountId("444444444444");

    private static final Region REGION = new Region("us-east-1");
    private static final String ROLE = "arn:aws:iam::" + ACCOUNT + ":role/any";
    private static final Duration SOON = Duration.ofSeconds(90);

    private final LambdaClient functions;
    private final SfnClient machines;

    LocalStackEngine(LocalStack cloud) throws Exception {
        functions = cloud.client(LambdaClient.builder(), ACCOUNT, REGION);
        machines = cloud.client(SfnClient.builder(), ACCOUNT, REGION);
        var zip = SdkBytes.fromByteArray(
                zip(ScriptedFunction.class, CopyCancelled.class, SnapshotCorrupt.class, TemporarilyUnavailable.class));
        functions.createFunction(r -> r.functionName(FUNCTION)
                .runtime(Runtime.fromValue("java25"))
                .architectures(System.getProperty("os.arch").equals("amd64") ? Architecture.X86_64 : Architecture.ARM64)
                .handler(ScriptedFunction.class.getName() + "::handleRequest")
                .role(ROLE)
                .timeout(30)
                .code(c -> c.zipFile(zip)));
        functions.waiter().waitUntilFunctionActiveV2(r -> r.functionName(FUNCTION));
    }

    private static byte[] zip(Class<?>... classes) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var one : classes) {
                var name = one.getName().replace('.', '/') + ".class";
                zip.putNextEntry(new ZipEntry(name));
                try (var code = Objects.requireNonNull(one.getClassLoader().getResourceAsStream(name), name)) {
                    code.transferTo(zip);
                }
            }
        }
        return bytes.toByteArray();
    }

    @Override
    public CaseResult run(Case one) throws Exception {
        var definition = Json.write(new YAMLMapper().readTree(one.machine()));
        var machine = machines.createStateMachine(
                        r -> r.name(one.name()).definition(definition).roleArn(ROLE))
                .stateMachineArn();
        var execution = machines.startExecution(
                        r -> r.stateMachineArn(machine).name("one").input(one.input()))
                .executionArn();
        var refusals = new ArrayList<String>();
        for (var answer : one.answers()) {
            refusals.add(say(answer, token(execution, answer.token())));
        }
        var end = Await.until(
                one.name(),
                SOON,
                () -> machines.describeExecution(r -> r.executionArn(execution)),
                it -> it.status() != ExecutionStatus.RUNNING);
        return CaseResult.of(
                end.statusAsString(),
                Objects.requireNonNullElse(end.output(), ""),
                Objects.requireNonNullElse(end.error(), ""),
                Objects.requireNonNullElse(end.cause(), ""),
                payloads(execution),
                one.hasFixedPauses() ? pauses(execution) : List.of(),
                refusals);
    }

    private String token(String execution, int number) throws Exception {
        return number < 0
                ? "no-token"
                : Await.until(
                                "token " + number + " of " + execution,
                                SOON,
                                () -> payloads(execution).stream()
                                        .map(payload ->
                                                payload.path("taskToken").asText())
                                        .filter(token -> !token.isEmpty())
                                        .toList(),
                                tokens -> tokens.size() > number)
                        .get(number);
    }

    private List<Duration> pauses(String execution) {
        var pauses = new ArrayList<Duration>();
        var failed = Optional.<Instant>empty();
        for (var event : history(execution)) {
            if (event.taskScheduledEventDetails() != null && failed.isPresent()) {
                pauses.add(Duration.between(failed.get(), event.timestamp()));
                failed = Optional.empty();
            } else if (event.taskFailedEventDetails() != null) {
                failed = Optional.of(event.timestamp());
            }
        }
        return pauses;
    }

    private SdkIterable<HistoryEvent> history(String execution) {
        return machines.getExecutionHistoryPaginator(
                        r -> r.executionArn(execution).includeExecutionData(true))
                .events();
    }

    /** Of every call in the execution's history. */
    private List<JsonNode> payloads(String execution) {
        return history(execution).stream()
                .map(HistoryEvent::taskScheduledEventDetails)
                .filter(Objects::nonNull)
                .map(scheduled -> Json.read(scheduled.parameters()).path("Payload"))
                .toList();
    }

    private String say(Case.Answer answer, String token) {
        try {
            if (answer.isSuccess()) {
                machines.sendTaskSuccess(r -> r.taskToken(token).output(answer.output()));
            } else {
                machines.sendTaskFailure(
                        r -> r.taskToken(token).error(answer.error()).cause(answer.cause()));
            }
            return "";
        } catch (SfnException refused) {
            return refused.awsErrorDetails().errorCode();
        }
    }

    @Override
    public void close() {
        functions.close();
        machines.close();
    }
}
