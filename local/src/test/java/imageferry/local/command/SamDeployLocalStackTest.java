package imageferry.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import imageferry.local.lint.Tool;
import imageferry.local.lint.Tool.Run;
import imageferry.local.template.TemplateYaml;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/** The README's commands for a deployment, against an AWS that none of us wrote. */
@Testcontainers(disabledWithoutDocker = true)
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class SamDeployLocalStackTest {
    private static final Pattern API = Pattern.compile("https://([a-z0-9]+)\\.execute-api");
    private static final String MACHINE = "statemachine/copy-image.asl.yaml";

    @Container
    private static final LocalStackContainer CLOUD =
            new LocalStackContainer(DockerImageName.parse("localstack/localstack:4.14.0"));

    @TempDir
    Path folder;

    /** LocalStack takes the containers of its functions with it, if it is asked to stop and not killed. */
    @AfterAll
    static void stopWithFunctions() {
        CLOUD.getDockerClient()
                .stopContainerCmd(CLOUD.getContainerId())
                .withTimeout(20)
                .exec();
    }

    @Test
    void the_stacks_deploy_and_a_function_finds_its_table() throws Exception {
        Tool.wanted("sam", "aws-sam-cli");
        copyProject();
        var commands = SamCommand.of("Deploy with SAM");
        assertThat(commands).hasSize(5);

        var home = type(commands.getFirst().text() + " --no-confirm-changeset --parameter-overrides Architecture="
                + SamLocalTest.architecture());
        for (var region : commands.subList(1, 4)) {
            type(region.text() + " --no-confirm-changeset");
        }
        var answer = new ObjectMapper().readTree(type(commands.get(4).text()).output());

        assertThat(answer.path("statusCode").asInt()).isEqualTo(200);
        assertThat(answer.path("body").asText()).contains(RunningCloud.REGIONS);
        assertThat(nobodysRequest(home)).contains("\"code\":\"MissingIdentity\"");
    }

    /** LocalStack vouches for nobody, and what a header says must not count. */
    private static String nobodysRequest(Run deployed) throws Exception {
        var api = API.matcher(deployed.output());
        assertThat(api.find()).isTrue();
        var uri = URI.create(endpoint() + "/_aws/execute-api/" + api.group(1) + "/v1/regions");
        var request = HttpRequest.newBuilder(uri)
                .header("X-Imageferry-Account", Demo.OPERATOR)
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString()).body();
        }
    }

    private Run type(String command) {
        var run = Tool.run(
                folder,
                List.of(
                        "env",
                        "AWS_ENDPOINT_URL=" + endpoint(),
                        // LocalStack takes it for the account.
                        "AWS_ACCESS_KEY_ID=" + Demo.OPERATOR,
                        "AWS_SECRET_ACCESS_KEY=local",
                        "bash",
                        "-c",
                        command));
        assertThat(run.status())
                .as(command + "\n" + run.output() + run.errors())
                .isZero();
        return run;
    }

    /** An address in digits, since SAM would put a bucket's name before a name. */
    private static String endpoint() {
        return "http://127.0.0.1:" + CLOUD.getMappedPort(4566);
    }

    private void copyProject() throws IOException {
        for (var name : List.of(
                "template.yaml",
                "region.yaml",
                "openapi.yaml",
                "samconfig.toml",
                MACHINE,
                "functions/target/functions.zip",
                "events/api-describe-account.json")) {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.copy(Home.folder().resolve(name), folder.resolve(name));
        }
        // LocalStack's CloudFormation reads a state machine only if it is JSON, which is YAML too.
        var machine = TemplateYaml.read(folder.resolve(MACHINE));
        Files.writeString(folder.resolve(MACHINE), machine.toString());
    }
}
