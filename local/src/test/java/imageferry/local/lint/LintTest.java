package imageferry.local.lint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import imageferry.local.lint.Tool.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The usual linters report nothing in the deployed files. Suppressed checks are explained next to them. */
@Tag("full")
class LintTest {
    private static final String MACHINE = "statemachine/copy-image.asl.yaml";

    private static final String TRANSLATOR =
            Objects.requireNonNull(LintTest.class.getResource("translate.py")).getPath();

    @TempDir
    Path folder;

    @Test
    void cfn_lint_finds_nothing_in_the_templates() {
        findsNothing(Tool.wanted("cfn-lint", "cfn-lint").run(Tool.HOME, "template.yaml", "region.yaml"));
    }

    @Test
    void cfn_lint_finds_nothing_in_the_processed_template() throws IOException {
        findsNothing(lintedAsDeployed(Tool.HOME));
    }

    /** cfn-lint overlooks each of these in the template itself. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            template.yaml                    | Runtime: java25           | Runtime: java99        | E3030
            template.yaml                    | !Ref RestoredTable, !Ref Table] | !Ref RestoredTable, !Ref Chair] | E1020
            functions/target/gateway.yaml    | ImportImageFunction.Arn   | AbsentFunction.Arn     | E1019
            statemachine/copy-image.asl.yaml | StartAt: Validate Copy    | StartAt: Nowhere       | E3601
            """)
    void cfn_lint_would_find_a_fault_in_the_processed_template(String file, String right, String wrong, String finding)
            throws IOException {
        for (var name : List.of("template.yaml", "functions/target/gateway.yaml", MACHINE)) {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.copy(Tool.HOME.resolve(name), folder.resolve(name));
        }
        var text = Files.readString(folder.resolve(file));
        Files.writeString(folder.resolve(file), text.replace(right, wrong));

        assertThat(text).contains(right);
        assertThat(lintedAsDeployed(folder).output()).contains(finding);
    }

    @Test
    void every_deployed_operation_refuses_an_unsigned_call() throws IOException {
        var api = new ObjectMapper().readTree(asDeployed(Tool.HOME)).at("/Resources/Api/Properties/Body");

        assertThat(api.at("/components/securitySchemes/sigv4/x-amazon-apigateway-authtype")
                        .asText())
                .isEqualTo("awsSigv4");
        var operations = 0;
        for (var path : api.path("paths")) {
            for (var operation : path) {
                assertThat(operation.get("security").toString())
                        .as(operation.path("operationId").asText())
                        .isEqualTo("[{\"sigv4\":[]}]");
                operations++;
            }
        }
        assertThat(operations).isGreaterThan(20);
    }

    /**
     * Only a new deployment changes the policy that runs. The text of the definition is the same for all values, because it
     * refers to the parameter.
     */
    @Test
    void other_allowed_accounts_make_another_deployment() throws IOException {
        var before = deployment("1000000000", "AllowedAccounts=222222222222");
        var after = deployment("1000000001", "AllowedAccounts=");

        assertThat(after).isNotEqualTo(before);
    }

    /** The name of the deployment that the stage uses. */
    private String deployment(String second, String parameter) throws IOException {
        var resources = new ObjectMapper()
                .readTree(asDeployed(Tool.HOME, second, parameter))
                .get("Resources");
        var used = resources.at("/Apiv1Stage/Properties/DeploymentId/Ref").asText();
        assertThat(resources.at("/" + used + "/Type").asText()).isEqualTo("AWS::ApiGateway::Deployment");
        return used;
    }

    /** A resource without this dependency could already be removed when the guard refuses. */
    @Test
    void no_deployed_resource_is_removed_before_the_guard_of_the_regions() throws IOException {
        var resources = new ObjectMapper().readTree(asDeployed(Tool.HOME)).get("Resources");
        var kept = new TreeSet<String>();
        keep("GuardedRegions", resources, kept);

        var all = new TreeSet<String>();
        resources.fieldNames().forEachRemaining(all::add);
        // It has a condition, and nothing works by it.
        all.remove("Budget");
        assertThat(kept).isEqualTo(all);
    }

    private static void keep(String resource, JsonNode resources, Set<String> kept) {
        if (resources.has(resource) && kept.add(resource)) {
            namesIn(resources.get(resource)).forEach(name -> keep(name, resources, kept));
        }
    }

    /** Every text that could be a resource's name. Other texts match no resource. */
    private static List<String> namesIn(JsonNode node) {
        var names = new ArrayList<String>();
        if (node.isTextual()) {
            Collections.addAll(names, node.asText().split("[^A-Za-z0-9]+"));
        }
        node.forEach(child -> names.addAll(namesIn(child)));
        return names;
    }

    private Run lintedAsDeployed(Path home) throws IOException {
        var linter = Tool.wanted("cfn-lint", "cfn-lint");
        var template = Files.writeString(folder.resolve("translated.json"), asDeployed(home));
        return linter.run(Tool.HOME, template.toString());
    }

    /** @param settings the second of the translation, and parameters with their values */
    private String asDeployed(Path home, String... settings) {
        var python = Tool.wanted("sam", "aws-sam-cli").python();
        var command = Stream.of(
                python.toString(),
                TRANSLATOR,
                home.resolve("template.yaml").toAbsolutePath().toString());
        var translated =
                Tool.run(folder, Stream.concat(command, Stream.of(settings)).toList());
        assertThat(translated.status()).as(translated.errors()).isZero();
        return translated.output();
    }

    @Test
    void the_state_machine_is_valid() throws IOException {
        var validator = Tool.wanted("asl-validator", "asl-validator");
        var text = Files.readString(Tool.HOME.resolve(MACHINE))
                .replace("${CopyWorkers}", "40")
                .replace("${Partition}", "aws")
                .replaceAll("\\$\\{(\\w+)}", "arn:aws:lambda:us-east-1:111111111111:function:$1");
        var machine = Files.writeString(folder.resolve("machine.asl.yaml"), text);

        var run = validator.run(folder, "--yaml-path", machine.toString());

        assertThat(run.status()).as(run.output() + run.errors()).isZero();
    }

    @Test
    void checkov_finds_nothing_in_the_templates_and_the_contract() {
        var run = Tool.wanted("checkov", "checkov").run(Tool.HOME);

        assertThat(run.status()).as(run.output() + run.errors()).isZero();
        assertThat(run.output()).contains("cloudformation scan results", "openapi scan results");
    }

    @Test
    void redocly_finds_nothing_in_the_contract() {
        var run = Tool.wanted("redocly", "@redocly/cli").run(Tool.HOME, "lint");

        assertThat(run.status()).as(run.output() + run.errors()).isZero();
        assertThat(run.errors()).contains("Your API description is valid");
    }

    private static void findsNothing(Run run) {
        assertThat(run.output()).isEmpty();
        assertThat(run.status()).as(run.errors()).isZero();
    }
}
