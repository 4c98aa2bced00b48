package imageferry.local.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.local.command.SamCommand;
import imageferry.local.lint.Tool;
import imageferry.local.lint.Tool.Run;
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

/** The commands of {@code ./stacks}, their order, and its early ends. Recording scripts replace the called programs. */
class StacksTest {
    private static final String AS_IT_IS = " --no-confirm-changeset --no-fail-on-empty-changeset";

    @TempDir
    Path folder;

    @BeforeEach
    void putProgramsThatTakeNotes() throws IOException {
        program("sam", """
                case $* in *"remote invoke"*) cat "$(dirname "$0")/answer" ;; esac
                """);
        program("aws", """
                case $* in
                  *"'Regions'"*) [ ! -f "$(dirname "$0")/gone" ] || { cat "$(dirname "$0")/error" >&2; exit 254; }; echo us-east-1,eu-west-1,ap-southeast-2 ;;
                  *get-caller-identity*) echo 111111111111 ;;
                  *get-account-settings*) cat "$(dirname "$0")/concurrency" ;;
                  *"'CopyConcurrency'"*) cat "$(dirname "$0")/reserved" ;;
                  *list-buckets*) echo imageferry-111111111111-us-east-1 imageferry-111111111111-us-west-2 ;;
                  *list-objects*) cat "$(dirname "$0")/gone" ;;
                  *mars-1*) exit 254 ;;
                  *describe-key*us-west-2*) echo NotFoundException >&2; exit 254 ;;
                  *describe-key*) echo the-key ;;
                  *delete-bucket*us-west-2*) echo NoSuchBucket >&2; exit 254 ;;
                  *delete-bucket*eu-north-1*) echo BucketNotEmpty >&2; exit 254 ;;
                esac
                """);
        concurrencyIs(1000, 1000, 0);
        theGuardSays("{\"Status\":\"SUCCESS\",\"PhysicalResourceId\":\"imageferry-regions\"}");
        Files.writeString(folder.resolve("error"), "(ValidationError): Stack with id imageferry does not exist");
    }

    private void program(String name, String does) throws IOException {
        var file = Files.writeString(
                folder.resolve(name), "#!/bin/bash\necho \"" + name + " $*\" >> " + folder + "/notes\n" + does);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private void concurrencyIs(int limit, int unreserved, int reservedByUs) throws IOException {
        Files.writeString(folder.resolve("concurrency"), limit + "\t" + unreserved + "\n");
        Files.writeString(folder.resolve("reserved"), reservedByUs + "\n");
    }

    private void theGuardSays(String answer) throws IOException {
        Files.writeString(folder.resolve("answer"), answer);
    }

    @Test
    void one_command_deploys_the_home_stack_and_then_every_region() throws IOException {
        var run = stacks("deploy", "Regions=us-east-1,eu-west-1", "AllowedAccounts=222222222222", "SlotsPerRegion=7");

        assertThat(run.status()).as(run.errors()).isZero();
        var given = " --parameter-overrides HomeRegion=us-east-1 AllowedAccounts=222222222222";
        assertThat(deployments())
                .containsExactly(
                        "sam deploy --region us-east-1" + AS_IT_IS
                                + " --parameter-overrides Regions=us-east-1,eu-west-1 AllowedAccounts=222222222222"
                                + " SlotsPerRegion=7 ConcurrencyAlarmAt=800 CopyConcurrency=500",
                        "sam deploy --config-env region --region us-east-1" + AS_IT_IS + given,
                        "sam deploy --config-env region --region eu-west-1" + AS_IT_IS + given);
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
        concurrencyIs(limit, unreserved, reservedByUs);

        var run = stacks("deploy");

        assertThat(deployments().getFirst())
                .endsWith("--parameter-overrides ConcurrencyAlarmAt=" + limit * 8 / 10 + " " + parameters);
        assertThat(run.errors().contains("the sweeper have to wait")).isEqualTo(parameters.contains("CopyWorkers"));
    }

    @Test
    void a_typed_concurrency_is_kept() throws IOException {
        concurrencyIs(10, 10, 0);

        stacks("deploy", "CopyConcurrency=0", "ConcurrencyAlarmAt=9");
        stacks("deploy", "CopyWorkers=8");

        assertThat(deployments().getFirst()).endsWith("--parameter-overrides CopyConcurrency=0 ConcurrencyAlarmAt=9");
        assertThat(deployments())
                .anyMatch(line ->
                        line.endsWith("--parameter-overrides CopyWorkers=8 ConcurrencyAlarmAt=8 CopyConcurrency=0"));
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

        assertThat(stacks(typed).status()).isZero();

        assertThat(deployments())
                .extracting(note -> note.replaceAll(" --(no|parameter)-.*", ""))
                .containsExactlyElementsOf(Stream.concat(
                                Stream.of(byHand.getFirst() + " --region us-east-1"),
                                byHand.subList(1, byHand.size() - 1).stream())
                        .toList());
        assertThat(SamCommand.of("README.md")).extracting(SamCommand::text).containsExactly(byHand.getLast());
    }

    @Test
    void without_parameters_it_deploys_the_defaults_of_the_template() throws IOException {
        stacks("deploy");

        assertThat(deployments())
                .hasSize(4)
                .startsWith("sam deploy --region us-east-1" + AS_IT_IS
                        + " --parameter-overrides ConcurrencyAlarmAt=800 CopyConcurrency=500");
        assertThat(notes().getLast())
                .isEqualTo("sam deploy --config-env region --region ap-southeast-2" + AS_IT_IS
                        + " --parameter-overrides HomeRegion=us-east-1");
    }

    @Test
    void a_region_without_images_is_removed_with_its_retained_resources() throws IOException {
        var run = stacks("remove-region", "eu-west-1");

        assertThat(run.status()).as(run.errors()).isZero();
        assertThat(notes().subList(1, notes().size()))
                .containsExactly(
                        asked("\"eu-west-1\""),
                        "sam deploy --region us-east-1 --no-confirm-changeset"
                                + " --parameter-overrides Regions=us-east-1,ap-southeast-2",
                        "aws sts get-caller-identity --query Account --output text",
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
    void the_removal_of_a_disabled_region_continues_where_it_stopped() throws IOException {
        var run = stacks("remove-region", "us-west-2");

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
        var run = stacks("remove-region", "eu-north-1");

        assertThat(run.status()).isNotZero();
        assertThat(run.errors()).contains("BucketNotEmpty").doesNotContain("nothing of eu-north-1");
    }

    @Test
    void a_region_with_images_is_not_changed_and_the_images_are_listed() throws IOException {
        theGuardSays("{\"Status\":\"FAILED\",\"Reason\":\"eu-west-1 still has m-goldenimage\"}");

        var run = stacks("remove-region", "eu-west-1");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.errors()).contains("eu-west-1 still has m-goldenimage");
        assertThat(notes()).hasSize(2).last().isEqualTo(asked("\"eu-west-1\""));
    }

    @Test
    void the_home_region_and_unknown_ones_are_refused() throws IOException {
        assertThat(stacks("remove-region", "us-east-1").errors()).contains("us-east-1 is the home region");
        assertThat(stacks("remove-region", "mars-1").errors()).contains("mars-1 is not one of us-east-1,");
        assertThat(notes()).noneMatch(note -> note.contains("delete") || note.contains("invoke"));
    }

    @Test
    void the_home_stack_is_removed_first_then_every_region_and_at_last_the_table() throws IOException {
        var run = stacks("remove");

        assertThat(run.status()).as(run.errors()).isZero();
        assertThat(notes().get(1)).isEqualTo(asked("\"us-east-1\",\"eu-west-1\",\"ap-southeast-2\""));
        assertThat(notes().get(2))
                .isEqualTo("aws cloudformation delete-stack --region us-east-1 --stack-name imageferry");
        assertThat(notes().stream().filter(note -> note.contains("delete-bucket")))
                .hasSize(3);
        assertThat(notes().getLast()).isEqualTo("aws dynamodb delete-table --region us-east-1 --table-name Imageferry");
    }

    @Test
    void nothing_is_removed_while_any_region_has_an_image() throws IOException {
        theGuardSays("{\"Status\":\"FAILED\",\"Reason\":\"us-east-1 still has m-goldenimage\"}");

        assertThat(stacks("remove").status()).isEqualTo(1);
        assertThat(notes()).hasSize(2).noneMatch(note -> note.contains("delete-"));
    }

    @Test
    void leftovers_of_an_interrupted_removal_are_removed_without_the_home_stack() throws IOException {
        Files.writeString(folder.resolve("gone"), "None");

        var run = stacks("remove");

        assertThat(run.status()).as(run.errors()).isZero();
        assertThat(notes()).noneMatch(note -> note.startsWith("sam"));
        assertThat(notes().stream().filter(note -> note.contains("delete-bucket")))
                .hasSize(2);
        assertThat(notes().getLast()).isEqualTo("aws dynamodb delete-table --region us-east-1 --table-name Imageferry");
    }

    @Test
    void leftovers_stay_while_a_bucket_has_bytes_of_an_image() throws IOException {
        Files.writeString(folder.resolve("gone"), "snapshots/s-golden");

        var run = stacks("remove");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.errors())
                .contains("imageferry-111111111111-us-east-1 has bytes of an image, snapshots/s-golden");
        assertThat(notes()).noneMatch(note -> note.contains("delete-"));
    }

    @Test
    void leftovers_stay_while_the_state_of_the_home_stack_is_unknown() throws IOException {
        Files.writeString(folder.resolve("gone"), "None");
        Files.writeString(folder.resolve("error"), "(Throttling) when calling DescribeStacks: Rate exceeded");

        var run = stacks("remove");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.errors()).contains("Rate exceeded");
        assertThat(notes()).noneMatch(note -> note.contains("delete-"));
    }

    private static String asked(String regions) {
        return "sam remote invoke GuardRegionsFunction --stack-name imageferry --region us-east-1 --event"
                + " {\"RequestType\":\"Delete\",\"ResourceProperties\":{\"Regions\":[" + regions + "]}}";
    }

    private Run stacks(String... arguments) {
        var command = Stream.of(
                "env",
                "-u",
                "AWS_REGION",
                "PATH=" + folder + ":" + System.getenv("PATH"),
                Tool.HOME.resolve("stacks").toAbsolutePath().toString());
        return Tool.run(folder, Stream.concat(command, Stream.of(arguments)).toList());
    }

    private List<String> deployments() throws IOException {
        return notes().stream().filter(note -> note.startsWith("sam deploy")).toList();
    }

    private List<String> notes() throws IOException {
        return Files.readAllLines(folder.resolve("notes"));
    }
}
