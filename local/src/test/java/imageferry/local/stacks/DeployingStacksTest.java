package imageferry.local.stacks;

import static imageferry.local.stacks.RecordedStacks.protection;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.local.command.SamCommand;
import imageferry.local.lint.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands of {@code ./stacks deploy}, their order, and its early ends. */
class DeployingStacksTest {
    private static final String AS_IT_IS = " --no-confirm-changeset --no-fail-on-empty-changeset";

    @TempDir
    Path folder;

    private RecordedStacks stacks;

    @BeforeEach
    void replaceThePrograms() throws IOException {
        stacks = new RecordedStacks(folder);
        for (var region : List.of("us-east-1", "eu-west-1", "ap-southeast-2")) {
            stacks.put("home-" + region, "us-east-1");
        }
    }

    @Test
    void one_command_deploys_the_home_stack_and_then_every_region() throws IOException {
        var run = stacks.run(
                "deploy",
                "Regions=us-east-1,eu-west-1",
                "AllowedAccounts=222222222222",
                "AllowedOrganization=o-a1b2c3d4e5",
                "SlotsPerRegion=7");

        assertThat(run.status()).as(run.errors()).isZero();
        var given = " --parameter-overrides HomeRegion=us-east-1 AllowedAccounts=222222222222"
                + " AllowedOrganization=o-a1b2c3d4e5";
        assertThat(stacks.deployments())
                .containsExactly(
                        "sam deploy --region us-east-1" + AS_IT_IS
                                + " --parameter-overrides Regions=us-east-1,eu-west-1 AllowedAccounts=222222222222"
                                + " AllowedOrganization=o-a1b2c3d4e5 SlotsPerRegion=7 ApiAccessLog=none"
                                + " AccountRegionalBuckets=eu-west-1 ConcurrencyAlarmAt=800 CopyConcurrency=500",
                        "sam deploy --config-env region --region us-east-1" + AS_IT_IS + given
                                + " BucketNamespace=global",
                        "sam deploy --config-env region --region eu-west-1" + AS_IT_IS + given
                                + " BucketNamespace=account-regional");
    }

    @Test
    void a_new_bucket_is_in_the_accounts_own_namespace_where_the_region_has_one() throws IOException {
        stacks.put("buckets", "imageferry-111111111111-eu-west-1\timageferry-111111111111-us-east-1-an\n");

        stacks.run("deploy", "Regions=us-east-1,eu-west-1,me-south-1,us-east-2");

        assertThat(stacks.deployments())
                .extracting(note -> note.replaceFirst(".* (BucketNamespace)", "$1"))
                .endsWith(
                        "BucketNamespace=account-regional",
                        "BucketNamespace=global",
                        "BucketNamespace=global",
                        "BucketNamespace=account-regional");
        assertThat(stacks.deployments().getFirst()).contains(" AccountRegionalBuckets=us-east-1,us-east-2 ");
    }

    @Test
    void another_namespace_is_refused_before_anything_is_deployed() throws IOException {
        var run = stacks.run("deploy", "Regions=us-east-1", "BucketNamespace=mine");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.errors()).contains("BucketNamespace=mine: use global or account-regional");
        assertThat(folder.resolve("notes")).doesNotExist();
    }

    @Test
    void a_stack_keeps_the_namespace_of_its_bucket_whatever_the_list_of_buckets_says() throws IOException {
        stacks.put("state", "UPDATE_COMPLETE");
        stacks.put("buckets", "");
        for (var namespace : List.of("account-regional", "global", "")) {
            stacks.put("namespace", namespace + "\n");

            assertThat(stacks.run("deploy", "BucketNamespace=account-regional").status())
                    .isZero();

            var kept = namespace.isEmpty() ? "global" : namespace;
            assertThat(stacks.deployments().getLast()).endsWith(" BucketNamespace=" + kept);
        }
    }

    @Test
    void the_plain_name_can_be_chosen_for_a_new_bucket_only() throws IOException {
        stacks.put("buckets", "imageferry-111111111111-us-east-1-an\n");

        stacks.run("deploy", "Regions=us-east-1,eu-west-1", "BucketNamespace=global");

        assertThat(stacks.deployments().getFirst())
                .contains(" AccountRegionalBuckets=us-east-1 ")
                .doesNotContain("BucketNamespace");
        assertThat(stacks.deployments().getLast()).endsWith(" BucketNamespace=global");
    }

    @Test
    void each_stack_and_the_table_are_protected_once_they_exist() throws IOException {
        stacks.run("deploy", "Regions=us-east-1,eu-west-1");

        assertThat(stacks.changes())
                .extracting(note -> note.replaceAll(" --no-confirm-.*", ""))
                .containsExactly(
                        "sam deploy --region us-east-1",
                        "aws dynamodb update-table --region us-east-1 --table-name Imageferry"
                                + " --deletion-protection-enabled",
                        protection("", "us-east-1", "imageferry"),
                        "sam deploy --config-env region --region us-east-1",
                        protection("", "us-east-1", "imageferry-region"),
                        "sam deploy --config-env region --region eu-west-1",
                        protection("", "eu-west-1", "imageferry-region"));
    }

    @Test
    void a_protected_table_is_left_alone_by_the_next_deployment() throws IOException {
        stacks.put("state", "UPDATE_COMPLETE");
        stacks.put("protection", "True");

        assertThat(stacks.run("deploy").status()).isZero();

        assertThat(stacks.changes()).noneMatch(note -> note.contains("update-table"));
    }

    @Test
    void a_stack_whose_creation_failed_is_deleted_and_deployed_again() throws IOException {
        stacks.put("state", "ROLLBACK_COMPLETE");

        var run = stacks.run("deploy", "Regions=us-east-1");

        assertThat(run.status()).as(run.errors()).isZero();
        assertThat(run.errors()).contains("an earlier deployment of imageferry in us-east-1 failed");
        for (var stack : List.of("imageferry", "imageferry-region")) {
            var deleted = " --region us-east-1 --stack-name " + stack;
            assertThat(stacks.notes())
                    .containsSubsequence(
                            "aws cloudformation delete-stack" + deleted,
                            "aws cloudformation wait stack-delete-complete" + deleted,
                            protection("", "us-east-1", stack));
        }
    }

    @Test
    void nothing_is_deployed_while_the_state_of_a_stack_is_unknown() throws IOException {
        stacks.put("error", "(Throttling) when calling DescribeStacks: Rate exceeded");

        var run = stacks.run("deploy");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.errors()).contains("Rate exceeded");
        assertThat(stacks.changes()).isEmpty();
    }

    /** The role that writes the logs belongs to the whole account, so a wrong choice fails or replaces the role of other APIs. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -                    | None                      | ApiAccessLog=none    | calls of the API are not logged
            -                    | arn:aws:iam::1:role/logs  | ApiAccessLog=account | -
            ApiAccessLog=none    | arn:aws:iam::1:role/logs  | ApiAccessLog=none    | -
            ApiAccessLog=managed | None                      | ApiAccessLog=managed | -
            ApiAccessLog=account | arn:aws:iam::1:role/logs  | ApiAccessLog=account | -
            ApiAccessLog=account | None                      | -                    | use ApiAccessLog=managed
            ApiAccessLog=managed | arn:aws:iam::1:role/logs  | -                    | use ApiAccessLog=account
            """)
    void the_first_deployment_checks_the_accounts_role_for_logs(String given, String role, String chosen, String said)
            throws IOException {
        stacks.put("role", role);

        var run = given == null ? stacks.run("deploy") : stacks.run("deploy", given);

        assertThat(run.errors()).contains(said == null ? "" : said);
        assertThat(run.status()).isEqualTo(chosen == null ? 1 : 0);
        if (chosen == null) {
            assertThat(stacks.changes()).isEmpty();
        } else {
            assertThat(stacks.changes().getFirst())
                    .startsWith("sam deploy --region us-east-1")
                    .contains(" " + chosen + " ");
        }
    }

    @Test
    void a_deleted_role_for_logs_counts_as_none() throws IOException {
        stacks.put("role", "arn:aws:iam::1:role/imageferry-ApiLogWriter-1");
        stacks.put("role-is-deleted", "");

        assertThat(stacks.run("deploy", "ApiAccessLog=managed").status()).isZero();
    }

    @Test
    void later_deployments_keep_the_choice_of_the_first() throws IOException {
        stacks.put("state", "UPDATE_COMPLETE");

        assertThat(stacks.run("deploy").status()).isZero();

        assertThat(stacks.notes()).noneMatch(note -> note.contains("get-account ") || note.contains("ApiAccessLog"));
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 1000, 0, CopyConcurrency=500",
        "200, 200, 0, CopyConcurrency=100",
        "199, 199, 0, CopyConcurrency=0 CopyWorkers=5",
        "10, 10, 0, CopyConcurrency=0 CopyWorkers=5",
        // Other teams have reserved 600; then all that may be reserved.
        "1000, 400, 0, CopyConcurrency=300",
        "1000, 100, 0, CopyConcurrency=0 CopyWorkers=5",
        // An upgrade keeps what it has.
        "1000, 500, 500, CopyConcurrency=500",
    })
    void copy_workers_get_at_most_half_of_the_concurrency_that_the_account_can_reserve(
            int limit, int unreserved, int reservedByUs, String parameters) throws IOException {
        stacks.concurrencyIs(limit, unreserved, reservedByUs);

        var run = stacks.run("deploy");

        assertThat(stacks.deployments().getFirst())
                .endsWith(" ConcurrencyAlarmAt=" + limit * 8 / 10 + " " + parameters);
        assertThat(run.errors().contains("the sweeper have to wait")).isEqualTo(parameters.contains("CopyWorkers"));
    }

    @Test
    void a_typed_concurrency_is_kept() throws IOException {
        stacks.put("state", "UPDATE_COMPLETE");
        stacks.concurrencyIs(10, 10, 0);

        stacks.run("deploy", "CopyConcurrency=0", "ConcurrencyAlarmAt=9");
        stacks.run("deploy", "CopyWorkers=8");

        assertThat(stacks.deployments().getFirst())
                .contains("--parameter-overrides CopyConcurrency=0 ConcurrencyAlarmAt=9 ");
        assertThat(stacks.deployments())
                .anyMatch(
                        line -> line.endsWith(
                                "--parameter-overrides CopyWorkers=8 AccountRegionalBuckets=\"\" ConcurrencyAlarmAt=8 CopyConcurrency=0"));
    }

    /** The README's first command runs the same commands as docs/deploy.md by hand. */
    @Test
    void the_line_of_the_readme_deploys_like_the_commands_by_hand() throws IOException {
        var readme = Files.readString(Tool.HOME.resolve("README.md"));
        var typed = readme.substring(readme.indexOf("./stacks ") + "./stacks ".length())
                .lines()
                .findFirst()
                .orElseThrow()
                .split(" ", -1);
        var byHand =
                SamCommand.of("docs/deploy.md").stream().map(SamCommand::text).toList();

        assertThat(stacks.run(typed).status()).isZero();

        assertThat(stacks.deployments())
                .extracting(note -> note.replaceAll(" --(no|parameter)-.*", ""))
                .containsExactlyElementsOf(Stream.concat(
                                Stream.of(byHand.getFirst() + " --region us-east-1"),
                                byHand.subList(1, byHand.size() - 1).stream())
                        .toList());
        assertThat(SamCommand.of("README.md")).extracting(SamCommand::text).containsExactly(byHand.getLast());
    }

    @Test
    void an_upgrade_deploys_every_region_of_the_installation_from_whichever_of_them() throws IOException {
        stacks.run("deploy");

        assertThat(stacks.deployments())
                .hasSize(4)
                .startsWith("sam deploy --region us-east-1" + AS_IT_IS
                        + " --parameter-overrides ApiAccessLog=none AccountRegionalBuckets=eu-west-1,ap-southeast-2"
                        + " ConcurrencyAlarmAt=800 CopyConcurrency=500");
        assertThat(stacks.deployments().getLast())
                .isEqualTo("sam deploy --config-env region --region ap-southeast-2" + AS_IT_IS
                        + " --parameter-overrides HomeRegion=us-east-1 AllowedAccounts=222222222222"
                        + " AllowedOrganization=o-a1b2c3d4e5 BucketNamespace=account-regional");
    }

    @Test
    void another_installation_has_its_own_stacks_and_names() throws IOException {
        var run = stacks.runAs("golden-dev", "deploy", "Regions=us-east-1");

        assertThat(run.status()).as(run.errors()).isZero();
        assertThat(stacks.deployments())
                .satisfiesExactly(
                        home -> assertThat(home)
                                .contains(" --stack-name golden-dev --tags application=golden-dev ")
                                .contains(" --parameter-overrides Installation=golden-dev Regions=us-east-1 "),
                        region -> assertThat(region)
                                .contains(" --stack-name golden-dev-region --tags application=golden-dev ")
                                .contains(" --parameter-overrides Installation=golden-dev HomeRegion=us-east-1 "));
        assertThat(stacks.notes())
                .contains("aws ssm get-parameter --region us-east-1 --name /golden-dev/home --output text"
                        + " --query Parameter.Value")
                .anyMatch(note -> note.contains(" --table-name golden-dev "))
                .noneMatch(note -> note.contains("imageferry"));
    }

    @Test
    void the_name_of_a_deployed_installation_is_not_changed_by_a_parameter() throws IOException {
        stacks.put("notes", "");

        var run = stacks.run("deploy", "Regions=us-east-1", "Installation=golden-dev");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.errors()).contains("set IMAGEFERRY_INSTALLATION=golden-dev for the whole command");
        assertThat(stacks.notes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab", "Golden", "golden_dev", "dev-", "ssm-images", "golden-region", "a b; c"})
    void a_name_that_no_installation_can_have_is_refused_before_any_command(String name) throws IOException {
        stacks.put("notes", "");

        var run = stacks.runAs(name, "deploy", "Regions=us-east-1");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.errors()).contains("IMAGEFERRY_INSTALLATION is '" + name + "': use 3 to 20 of a-z, 0-9 and -");
        assertThat(stacks.notes()).isEmpty();
    }

    @Test
    void the_first_deployment_must_name_its_regions() throws IOException {
        Files.delete(folder.resolve("home-us-east-1"));

        var run = stacks.run("deploy");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.errors()).contains("no installation has a stack in us-east-1", "./stacks deploy Regions=");
        assertThat(stacks.changes()).isEmpty();
    }

    @Test
    void a_region_of_another_home_is_refused() throws IOException {
        var run = stacks.run("deploy", "Regions=eu-west-1,ap-southeast-2");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.errors())
                .contains("eu-west-1 belongs to the installation whose home region is us-east-1, not eu-west-1");
        assertThat(stacks.changes()).isEmpty();
    }

    /** SAM refuses an empty value, and divides one with spaces, without quotes. */
    @Test
    void an_account_that_was_taken_out_of_the_home_stack_is_taken_out_of_every_region() throws IOException {
        stacks.put("accounts", "\n");
        stacks.put("organization", "\n");

        var run = stacks.run("deploy", "Regions=us-east-1, eu-west-1", "AllowedAccounts=", "ApproverArns=\"\"");

        assertThat(run.status()).as(run.errors()).isZero();
        assertThat(stacks.deployments().getFirst())
                .contains(
                        " Regions=\"us-east-1, eu-west-1\" AllowedAccounts=\"\" ApproverArns=\"\" ApiAccessLog=none ");
        assertThat(stacks.deployments())
                .hasSize(3)
                .last()
                .asString()
                .endsWith(
                        " HomeRegion=us-east-1 AllowedAccounts=\"\" AllowedOrganization=\"\" BucketNamespace=account-regional");
    }

    /** The script prints the comment at its beginning, by numbers of lines. */
    @Test
    void the_usage_names_every_command() throws IOException {
        var run = stacks.run();

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.errors())
                .startsWith("./stacks deploy ")
                .contains("./stacks remove-region ", "./stacks remove ", "./stacks orphans ", "./stacks adopt ")
                .contains("./stacks restore ", "./stacks prove ")
                .endsWith("without it, it is imageferry.\n");
    }
}
