package imageferry.local.deployed;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import imageferry.account.AccountId;
import imageferry.local.Await;
import imageferry.local.command.SamCommand;
import imageferry.local.lint.Tool;
import imageferry.local.localstack.LocalStack;
import imageferry.local.template.TemplateYaml;
import imageferry.region.Region;
import imageferry.region.Regions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.s3.S3Client;

/** Imageferry, deployed by the commands of docs/deploy.md. Skipped, with the reason, where SAM is missing. */
final class Deployment {
    static final AccountId OPERATOR = new AccountId("111111111111");
    static final AccountId PARTNER = new AccountId("222222222222");
    static final Region HOME = new Region("us-east-1");
    static final Region NEAR = new Region("eu-west-1");
    static final Region FAR = new Region("ap-southeast-2");
    static final Regions REGIONS = new Regions("imageferry", OPERATOR, List.of(HOME, NEAR, FAR));

    private static final String MACHINE = "statemachine/copy-image.asl.yaml";
    private static final String BUCKET_AS_DESTINATION = """
                    DestinationConfig:
                      OnFailure:
                        Type: S3Bucket
                        Destination: !GetAtt UndeliveredEvents.Arn
            """;
    private static final JsonMapper JSON = new JsonMapper();

    private final LocalStack cloud;
    private final Path folder;
    private final List<SamCommand> commands;
    private final Map<String, String> outputs;

    /**
     * Deploys the stacks: home, and one per region.
     *
     * @param folder empty; gets a copy of the deployed files
     * @param parameters of template.yaml
     */
    Deployment(LocalStack cloud, Path folder, Map<String, String> parameters) throws Exception {
        Tool.wanted("sam", "aws-sam-cli");
        this.cloud = cloud;
        this.folder = folder;
        commands = SamCommand.of("docs/deploy.md");
        assertThat(commands).hasSize(2 + REGIONS.enabled().size());
        copyProject();
        // The home region's stack comes after the home stack, as on the page.
        var home = CompletableFuture.runAsync(() -> {
            deploy(commands.getFirst(), parameters);
            deploy(commands.subList(1, 2));
        });
        // Deploys the other regions' stacks at the same time, because SAM mostly waits. They start later, because
        // LocalStack sometimes fails the first stack for SAM's files while it makes another stack.
        Await.until(
                "SAM's bucket in the home region",
                Duration.ofMinutes(3),
                () -> home.isDone() || samHasItsBucket(),
                has -> has);
        deploy(commands.subList(2, commands.size() - 1));
        home.join();
        outputs = outputs();
    }

    private boolean samHasItsBucket() {
        try (var buckets = cloud.client(S3Client.builder(), OPERATOR, HOME)) {
            return buckets.listBuckets().buckets().stream()
                    .anyMatch(bucket -> bucket.name().startsWith("aws-sam-cli-managed-default"));
        }
    }

    private void deploy(List<SamCommand> regions) {
        for (var region : regions) {
            deploy(region, Map.of("AllowedAccounts", PARTNER.value()));
        }
    }

    private void deploy(SamCommand command, Map<String, String> parameters) {
        var overrides = parameters.entrySet().stream().map(Map.Entry::toString).collect(joining(" "));
        type(command.text() + " --no-confirm-changeset --parameter-overrides " + overrides);
    }

    /** The answer of a deployed function to the last command of the page. */
    JsonNode firstAnswer() throws IOException {
        return JSON.readTree(type(commands.getLast().text()));
    }

    /** The API's base. Its real host is AWS's, so LocalStack takes the id in the path. */
    URI api() {
        var id = URI.create(output("ApiUrl")).getHost().split("\\.", 2)[0];
        return cloud.endpoint().resolve("/_aws/execute-api/" + id + "/v1");
    }

    String stateMachine() {
        return output("StateMachine");
    }

    private String output(String name) {
        return Objects.requireNonNull(outputs.get(name), name);
    }

    private Map<String, String> outputs() throws IOException {
        var told = JSON.readTree(
                type("sam list stack-outputs --stack-name imageferry --region " + HOME + " --output json"));
        var all = new HashMap<String, String>();
        told.forEach(output -> all.put(
                output.path("OutputKey").asText(), output.path("OutputValue").asText()));
        return all;
    }

    /** Returns the command's output. */
    private String type(String command) {
        var run = Tool.run(
                folder,
                List.of(
                        "env",
                        // In digits, because SAM would put a bucket's name before a name.
                        "AWS_ENDPOINT_URL=http://127.0.0.1:" + cloud.endpoint().getPort(),
                        "AWS_ACCESS_KEY_ID=" + OPERATOR,
                        "AWS_SECRET_ACCESS_KEY=local",
                        "bash",
                        "-c",
                        command));
        assertThat(run.status())
                .as(command + "\n" + run.output() + run.errors())
                .isZero();
        return run.output();
    }

    private void copyProject() throws IOException {
        for (var name : List.of(
                "template.yaml",
                "region.yaml",
                "samconfig.toml",
                MACHINE,
                "functions/target/functions.zip",
                "functions/target/gateway.yaml",
                "events/api-describe-account.json")) {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.copy(Tool.HOME.resolve(name), folder.resolve(name));
        }
        // LocalStack refuses a bucket as the destination of a call without a waiting caller.
        var template = Files.readString(folder.resolve("template.yaml"));
        assertThat(template).contains(BUCKET_AS_DESTINATION);
        Files.writeString(folder.resolve("template.yaml"), template.replace(BUCKET_AS_DESTINATION, ""));
        // LocalStack's CloudFormation reads a state machine only if it is JSON, which is also YAML.
        var machine = TemplateYaml.read(folder.resolve(MACHINE));
        Files.writeString(folder.resolve(MACHINE), machine.toString());
    }

    /** A reservation of concurrency, which other functions then lack. */
    interface Reservation extends AutoCloseable {
        @Override
        void close();
    }

    /** Reserves this share of the account's concurrency for a function that is not called here, until it is closed. */
    Reservation reserve(int executions) {
        try (var functions = cloud.client(LambdaClient.builder(), OPERATOR, HOME)) {
            var idle = idle(functions);
            functions.putFunctionConcurrency(r -> r.functionName(idle).reservedConcurrentExecutions(executions));
        }
        return this::release;
    }

    private void release() {
        try (var functions = cloud.client(LambdaClient.builder(), OPERATOR, HOME)) {
            var idle = idle(functions);
            functions.deleteFunctionConcurrency(r -> r.functionName(idle));
        }
    }

    private static String idle(LambdaClient functions) {
        return functions.listFunctionsPaginator().functions().stream()
                .map(FunctionConfiguration::functionName)
                .filter(name -> name.contains("SweepFunction"))
                .findFirst()
                .orElseThrow();
    }

    /** Removes the resources that cost memory: the functions with their containers. The rest ends with LocalStack. */
    void removeFunctions() {
        try (var functions = cloud.client(LambdaClient.builder(), OPERATOR, HOME)) {
            functions
                    .listFunctionsPaginator()
                    .functions()
                    .forEach(function -> functions.deleteFunction(r -> r.functionName(function.functionName())));
        }
    }
}
