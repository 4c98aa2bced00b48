package imageferry.local.deployed;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import imageferry.account.AccountId;
import imageferry.local.localstack.LocalStack;
import imageferry.region.Region;
import imageferry.region.Regions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;

/** Imageferry, packaged and deployed as the SAM command line would: local files go to a bucket, the templates name them there. */
final class Deployment implements AutoCloseable {
    static final AccountId OPERATOR = new AccountId("111111111111");
    static final AccountId PARTNER = new AccountId("222222222222");
    static final Region HOME = new Region("us-east-1");
    static final Region NEAR = new Region("eu-west-1");
    static final Region FAR = new Region("ap-southeast-2");
    static final Regions REGIONS = new Regions(OPERATOR, List.of(HOME, NEAR, FAR));

    /** Two parts of a disk go to two workers already; more would only start more containers. */
    private static final int COPY_WORKERS = 2;

    private static final String ARTIFACTS = "artifacts";
    private static final String HOME_STACK = "imageferry";
    private static final String REGION_STACK = "imageferry-region";
    private static final Path PROJECT = Path.of(System.getProperty("imageferry.home"));

    private final LocalStack cloud;
    private final S3Client artifacts;
    private final Stacks stacks;
    private Map<String, String> outputs = Map.of();

    Deployment(LocalStack cloud) {
        this.cloud = cloud;
        this.artifacts = cloud.client(S3Client.builder(), OPERATOR, HOME);
        this.stacks = new Stacks(cloud, OPERATOR);
    }

    /** @param approvalAboveBytes beyond this a copy waits for a ticket */
    void create(long approvalAboveBytes) throws Exception {
        artifacts.createBucket(r -> r.bucket(ARTIFACTS));
        outputs = stacks.create(
                HOME_STACK,
                HOME,
                homeTemplate(),
                Map.of(
                        "Regions", String.join(",", names()),
                        "AllowedAccounts", PARTNER.value(),
                        "ApprovalAboveBytes", Long.toString(approvalAboveBytes),
                        "CopyWorkers", Integer.toString(COPY_WORKERS),
                        "Architecture", System.getProperty("os.arch").equals("amd64") ? "x86_64" : "arm64"));
        var regionTemplate = upload("region.yaml", Adaptation.ofRegion(read("region.yaml")));
        for (var region : REGIONS.enabled()) {
            stacks.create(
                    REGION_STACK,
                    region,
                    regionTemplate,
                    Map.of("HomeRegion", HOME.name(), "AllowedAccounts", PARTNER.value()));
        }
    }

    private URI homeTemplate() throws IOException {
        var template = Adaptation.ofHome(read("template.yaml"));
        template = uploaded(template, "CodeUri: ", "functions/target/functions.zip");
        template = uploaded(template, "Location: ", "openapi.yaml");
        // CloudFormation reads a state machine in YAML too, LocalStack in JSON only.
        var machine = new YAMLMapper().readTree(read("statemachine/copy-image.asl.yaml"));
        upload("copy-image.asl.json", new JsonMapper().writeValueAsString(machine));
        template = Adaptation.replaced(
                template,
                "DefinitionUri: statemachine/copy-image.asl.yaml",
                "DefinitionUri: " + s3("copy-image.asl.json"));
        return upload("template.yaml", template);
    }

    private String uploaded(String template, String property, String file) {
        artifacts.putObject(r -> r.bucket(ARTIFACTS).key(file), PROJECT.resolve(file));
        return Adaptation.replaced(template, property + file, property + s3(file));
    }

    private URI upload(String key, String text) {
        artifacts.putObject(r -> r.bucket(ARTIFACTS).key(key), RequestBody.fromString(text));
        return cloud.endpoint().resolve("/" + ARTIFACTS + "/" + key);
    }

    private static String s3(String key) {
        return "s3://" + ARTIFACTS + "/" + key;
    }

    private static String read(String file) throws IOException {
        return Files.readString(PROJECT.resolve(file));
    }

    private static List<String> names() {
        return REGIONS.enabled().stream().map(Region::name).toList();
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

    /**
     * Removes what costs memory, the functions with their containers. LocalStack cannot delete the home stack: it joins
     * the list parameter Regions when it creates a stack, and fails over the same when it deletes one.
     */
    void removeFunctions() {
        try (var functions = cloud.client(LambdaClient.builder(), OPERATOR, HOME)) {
            functions
                    .listFunctionsPaginator()
                    .functions()
                    .forEach(function -> functions.deleteFunction(r -> r.functionName(function.functionName())));
        }
    }

    @Override
    public void close() {
        artifacts.close();
        stacks.close();
    }
}
