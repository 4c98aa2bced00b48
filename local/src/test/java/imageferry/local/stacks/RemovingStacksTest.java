package imageferry.local.stacks;

import static imageferry.local.stacks.RecordedStacks.protection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands of {@code ./stacks remove} and {@code remove-region}, their order, and their early ends. */
class RemovingStacksTest {
    @TempDir
    Path folder;

    private RecordedStacks stacks;

    @BeforeEach
    void replaceThePrograms() throws IOException {
        stacks = new RecordedStacks(folder);
    }

    @Test
    void a_region_without_images_is_removed_with_its_retained_resources() throws IOException {
        var run = stacks.run("remove-region", "eu-west-1");

        assertThat(run.status()).as(run.errors()).isZero();
        assertThat(notes().subList(1, notes().size()))
                .containsExactly(
                        asked("\"eu-west-1\""),
                        "sam deploy --region us-east-1 --no-confirm-changeset --no-fail-on-empty-changeset"
                                + " --parameter-overrides Regions=us-east-1,ap-southeast-2",
                        "aws sts get-caller-identity --region us-east-1 --query Account --output text",
                        "aws s3api list-buckets --region us-east-1 --output text"
                                + " --query Buckets[?starts_with(Name, 'imageferry-111111111111-eu-west-1')].Name",
                        protection("no-", "eu-west-1", "imageferry-region"),
                        "aws cloudformation delete-stack --region eu-west-1 --stack-name imageferry-region",
                        "aws cloudformation wait stack-delete-complete --region eu-west-1"
                                + " --stack-name imageferry-region",
                        "aws s3 rm --region eu-west-1 --recursive --quiet s3://imageferry-111111111111-eu-west-1",
                        "aws kms describe-key --region eu-west-1 --key-id alias/imageferry"
                                + " --query KeyMetadata.KeyId --output text",
                        "aws kms schedule-key-deletion --region eu-west-1 --key-id the-key"
                                + " --pending-window-in-days 30",
                        "aws kms delete-alias --region eu-west-1 --alias-name alias/imageferry",
                        "aws s3api delete-bucket --region eu-west-1 --bucket imageferry-111111111111-eu-west-1");
    }

    @Test
    void another_installation_loses_only_what_has_its_name() throws IOException {
        var run = stacks.runAs("golden-dev", "remove-region", "eu-west-1");

        assertThat(run.status()).as(run.errors()).isZero();
        assertThat(notes())
                .contains(
                        "sam deploy --region us-east-1 --stack-name golden-dev --tags application=golden-dev"
                                + " --no-confirm-changeset --no-fail-on-empty-changeset --parameter-overrides Regions=us-east-1,ap-southeast-2",
                        "aws cloudformation delete-stack --region eu-west-1 --stack-name golden-dev-region",
                        "aws s3 rm --region eu-west-1 --recursive --quiet s3://golden-dev-111111111111-eu-west-1",
                        "aws kms delete-alias --region eu-west-1 --alias-name alias/golden-dev")
                .noneMatch(note -> note.contains("imageferry"));
    }

    @Test
    void the_removal_of_a_disabled_region_continues_where_it_stopped() throws IOException {
        var run = stacks.run("remove-region", "us-west-2");

        assertThat(run.status()).as(run.errors()).isZero();
        assertThat(run.errors()).contains("nothing of us-west-2 is left").doesNotContain("NoSuchBucket");
        assertThat(notes())
                .contains(asked("\"us-west-2\""))
                .noneMatch(note -> note.startsWith("sam deploy") || note.contains("schedule-key-deletion"))
                .last()
                .isEqualTo("aws s3api delete-bucket --region us-west-2 --bucket imageferry-111111111111-us-west-2");
    }

    @Test
    void a_removal_that_fails_for_another_reason_is_reported() throws IOException {
        var run = stacks.run("remove-region", "eu-north-1");

        assertThat(run.status()).isNotZero();
        assertThat(run.errors()).contains("BucketNotEmpty").doesNotContain("nothing of eu-north-1");
    }

    @Test
    void a_region_with_images_is_not_changed_and_the_images_are_listed() throws IOException {
        stacks.theGuardSays("{\"Status\":\"FAILED\",\"Reason\":\"eu-west-1 still has m-goldenimage\"}");

        var run = stacks.run("remove-region", "eu-west-1");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.errors()).contains("eu-west-1 still has m-goldenimage");
        assertThat(notes()).hasSize(2).last().isEqualTo(asked("\"eu-west-1\""));
    }

    @Test
    void the_home_region_and_unknown_ones_are_refused() throws IOException {
        assertThat(stacks.run("remove-region", "us-east-1").errors()).contains("us-east-1 is the home region");
        assertThat(stacks.run("remove-region", "mars-1").errors()).contains("mars-1 is not one of us-east-1,");
        assertThat(notes()).noneMatch(note -> note.contains("delete") || note.contains("invoke"));
    }

    @Test
    void the_home_stack_is_removed_first_then_every_region_and_at_last_the_table() throws IOException {
        var run = stacks.run("remove");

        assertThat(run.status()).as(run.errors()).isZero();
        assertThat(notes().get(1)).isEqualTo(asked("\"us-east-1\",\"eu-west-1\",\"ap-southeast-2\""));
        // CloudFormation deletes no bucket with objects.
        assertThat(notes().subList(3, 6))
                .containsExactly(
                        "aws s3 rm --region us-east-1 --recursive --quiet s3://the-bucket",
                        protection("no-", "us-east-1", "imageferry"),
                        "aws cloudformation delete-stack --region us-east-1 --stack-name imageferry");
        assertThat(notes().stream().filter(note -> note.contains("delete-bucket")))
                .hasSize(3);
        assertThat(notes().getLast()).isEqualTo("aws dynamodb delete-table --region us-east-1 --table-name Imageferry");
    }

    @Test
    void nothing_is_removed_while_any_region_has_an_image() throws IOException {
        stacks.theGuardSays("{\"Status\":\"FAILED\",\"Reason\":\"us-east-1 still has m-goldenimage\"}");

        assertThat(stacks.run("remove").status()).isEqualTo(1);
        assertThat(notes()).hasSize(2).noneMatch(note -> note.contains("delete-"));
    }

    @Test
    void leftovers_of_an_interrupted_removal_are_removed_without_the_home_stack() throws IOException {
        stacks.put("gone", "None");

        var run = stacks.run("remove");

        assertThat(run.status()).as(run.errors()).isZero();
        assertThat(notes()).noneMatch(note -> note.startsWith("sam"));
        assertThat(notes().stream().filter(note -> note.contains("delete-bucket")))
                .hasSize(2);
        assertThat(notes().getLast()).isEqualTo("aws dynamodb delete-table --region us-east-1 --table-name Imageferry");
    }

    @Test
    void leftovers_stay_while_a_bucket_has_bytes_of_an_image() throws IOException {
        stacks.put("gone", "snapshots/s-golden");

        var run = stacks.run("remove");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.errors())
                .contains("imageferry-111111111111-us-east-1 has bytes of an image, snapshots/s-golden");
        assertThat(notes()).noneMatch(note -> note.contains("delete-"));
    }

    @Test
    void leftovers_stay_while_the_state_of_the_home_stack_is_unknown() throws IOException {
        stacks.put("gone", "None");
        stacks.put("error", "(Throttling) when calling DescribeStacks: Rate exceeded");

        var run = stacks.run("remove");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.errors()).contains("Rate exceeded");
        assertThat(notes()).noneMatch(note -> note.contains("delete-"));
    }

    @Test
    void a_bucket_in_the_accounts_own_namespace_is_removed() throws IOException {
        stacks.put("buckets", "imageferry-111111111111-eu-west-1-an\n");

        assertThat(stacks.run("remove-region", "eu-west-1").status()).isZero();

        assertThat(notes().getLast())
                .isEqualTo("aws s3api delete-bucket --region eu-west-1 --bucket imageferry-111111111111-eu-west-1-an");
    }

    @Test
    void the_tables_that_were_restored_are_deleted_too_but_not_those_of_others() throws IOException {
        stacks.put(
                "tables",
                "imageferry-restored-2026-11-30T120000Z\timageferry-restored-dev\timageferry-restored-x-restored-2026-11-30T120000Z\n");

        assertThat(stacks.run("remove").status()).isZero();

        assertThat(notes().stream().filter(note -> note.contains("delete-table")))
                .containsExactly(
                        "aws dynamodb delete-table --region us-east-1 --table-name imageferry-restored-2026-11-30T120000Z",
                        "aws dynamodb delete-table --region us-east-1 --table-name Imageferry");
    }

    @Test
    void the_table_loses_its_protection_before_it_is_deleted() throws IOException {
        stacks.put("protection", "True");

        assertThat(stacks.run("remove").status()).isZero();

        assertThat(stacks.changes())
                .endsWith(
                        "aws dynamodb update-table --region us-east-1 --table-name Imageferry"
                                + " --no-deletion-protection-enabled",
                        "aws dynamodb delete-table --region us-east-1 --table-name Imageferry");
    }

    /** Without a configured region, the AWS CLI refuses all other calls; S3 lists the buckets of all regions. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "deploy Regions=us-east-1 ApiAccessLog=account",
                "remove",
                "remove-region eu-west-1",
                "remove-region us-west-2"
            })
    void every_call_names_a_region(String command) throws IOException {
        stacks.put("role", "arn:aws:iam::111111111111:role/logs");

        assertThat(stacks.run(command.split(" ", -1)).status()).isZero();

        assertThat(notes())
                .filteredOn(note -> !note.startsWith("aws s3api list-buckets "))
                .isNotEmpty()
                .allMatch(note -> note.contains(" --region "));
    }

    private static String asked(String regions) {
        return "sam remote invoke GuardRegionsFunction --stack-name imageferry --region us-east-1 --event"
                + " {\"RequestType\":\"Delete\",\"ResourceProperties\":{\"Regions\":[" + regions + "]}}";
    }

    /** The commands, without those that find the home region. */
    private List<String> notes() throws IOException {
        return stacks.notes().stream()
                .filter(note -> !note.contains("ssm get-parameter") && !note.contains("StackStatus"))
                .toList();
    }

    @Test
    void a_region_of_another_installation_is_not_removed() throws IOException {
        stacks.put("home-eu-north-1", "eu-west-1");

        var run = stacks.run("remove-region", "eu-north-1");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.errors()).contains("eu-north-1 belongs to the installation whose home region is eu-west-1");
        assertThat(stacks.changes()).isEmpty();
    }

    @Test
    void the_home_region_is_found_from_another_region_of_the_installation() throws IOException {
        stacks.put("home-us-east-1", "eu-west-1");
        stacks.put("home-eu-west-1", "eu-west-1");

        stacks.run("orphans", "us-east-1");

        assertThat(stacks.notes().getLast()).contains("remote invoke ManageBucketFunction", "--region eu-west-1 ");
    }
}
