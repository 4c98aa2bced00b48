package imageferry.local.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;

/** The leftovers of a run, and the names that it touches. */
class RemovalTest {
    private static final String MARK = " --name /prove-a1b2c3/prove --region us-east-1 --output text";

    private final RecordedPrograms programs = new RecordedPrograms();

    private Run run(@Nullable URI endpoint) {
        var access = new Access(AnonymousCredentialsProvider.create(), endpoint);
        return new Run(Runs.settings(endpoint), access, Runs.NO_PARTNER, programs);
    }

    private Outcome removed(@Nullable URI endpoint) {
        var entries = run(endpoint).remove(InstantSource.system(), _ -> {});
        assertThat(entries).hasSize(1);
        return entries.getFirst().outcome();
    }

    private void mark() {
        programs.answer("ssm get-parameter", "us-east-1,eu-west-1\n");
    }

    @Test
    void a_marked_run_is_removed_by_the_script_and_unmarked_at_last() {
        mark();

        assertThat(removed(null)).isInstanceOf(Outcome.Passed.class);

        assertThat(programs.changes()).containsExactly("./stacks remove", "aws ssm delete-parameter" + MARK);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            describe-stacks --stack-name prove-a1b2c3 --query | prove-a1b2c3 | stack prove-a1b2c3 in us-east-1
            prove-a1b2c3-region --query Stacks[].StackName --region eu-west-1 | prove-a1b2c3-region | stack prove-a1b2c3-region in eu-west-1
            "Buckets[?Name=='prove-a1b2c3-111111111111-eu-west-1'||Name=='prove-a1b2c3-111111111111-eu-west-1-an']" | prove-a1b2c3-111111111111-eu-west-1-an | bucket prove-a1b2c3-111111111111-eu-west-1
            list-aliases --query Aliases[?AliasName=='alias/prove-a1b2c3'].TargetKeyId --region eu-west-1 | the-key | key alias/prove-a1b2c3 in eu-west-1
            starts_with(Name,'prove-a1b2c3-undelivered') | prove-a1b2c3-undeliveredevents-x1 | bucket of undelivered events of prove-a1b2c3
            list-tables | prove-a1b2c3 | table prove-a1b2c3 in us-east-1
            --log-group-name-prefix /prove-a1b2c3/ | /prove-a1b2c3/Sweep | log groups /prove-a1b2c3/ in us-east-1
            list-roles | prove-a1b2c3-no-rights | role prove-a1b2c3-no-rights
            """)
    void leftovers_are_deleted_by_force_and_reported_and_keep_the_mark(String find, String name, String kind) {
        mark();
        programs.answer(find, name + "\n");

        var outcome = removed(null);

        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        assertThat(outcome.text())
                .startsWith("Left: " + kind + ".")
                .endsWith("Repeat ./stacks prove --remove prove-a1b2c3 --regions us-east-1,eu-west-1.");
        assertThat(programs.changes())
                .noneMatch(command -> command.contains("delete-parameter"))
                .anyMatch(command -> command.matches("aws \\S+ (delete-|schedule-key-deletion|rb ).*" + name + ".*"));
    }

    @Test
    void a_failed_script_does_not_matter_where_nothing_is_left() {
        mark();
        programs.answer("./stacks remove", new Programs.Result(1, "", "no table"));

        assertThat(removed(null).text()).startsWith("A removal by force left nothing.");
    }

    @Test
    void an_installation_without_the_mark_is_not_touched() {
        programs.answer("list-tables", "prove-a1b2c3\n");

        var outcome = removed(null);

        assertThat(outcome)
                .isEqualTo(new Outcome.Failed("prove-a1b2c3 was not made by ./stacks prove, so it is left: table"
                        + " prove-a1b2c3 in us-east-1."));
        assertThat(programs.changes()).isEmpty();
    }

    @Test
    void a_removal_can_be_repeated() {
        assertThat(removed(null))
                .isEqualTo(new Outcome.Passed("There is nothing of prove-a1b2c3 in us-east-1 and eu-west-1."));
        assertThat(programs.changes()).isEmpty();
    }

    /** Otherwise nothing would be found, and the mark deleted. */
    @Test
    void a_removal_in_other_regions_than_the_runs_is_refused() {
        programs.answer("ssm get-parameter", "us-east-1,ap-southeast-2\n");

        assertThat(removed(null))
                .isEqualTo(new Outcome.Failed("This run used other regions: give --regions us-east-1,ap-southeast-2."));
        assertThat(programs.changes()).isEmpty();
    }

    /** ./stacks remove does not wait for the table. */
    @Test
    void a_table_that_is_being_deleted_is_waited_for() {
        mark();
        programs.answer("list-tables", "prove-a1b2c3\n");
        programs.answer("dynamodb update-table", new Programs.Result(254, "", "ResourceInUseException"));
        programs.answer("dynamodb delete-table", new Programs.Result(254, "", "ResourceInUseException"));

        removed(null);

        assertThat(programs.changes())
                .anyMatch(command -> command.startsWith("aws dynamodb wait table-not-exists"))
                .noneMatch(command -> command.startsWith("aws dynamodb wait table-exists"));
    }

    @Test
    void an_unknown_state_is_not_taken_for_nothing() {
        programs.answer("list-tables", new Programs.Result(254, "", "Rate exceeded"));

        assertThat(removed(null))
                .isEqualTo(new Outcome.Failed(
                        "Whether there is table prove-a1b2c3 in us-east-1 is not known: Rate exceeded"));
    }

    @Test
    void the_home_stack_alone_may_stay_in_an_emulator() {
        mark();
        programs.answer("cloudformation describe-stacks --stack-name prove-a1b2c3 ", "prove-a1b2c3\n");

        assertThat(removed(URI.create("http://127.0.0.1:1"))).isInstanceOf(Outcome.OnlyAws.class);
        assertThat(removed(null)).isInstanceOf(Outcome.Failed.class);
    }

    /** A refused deletion is never waited for: the waiter would end after an hour. */
    @Test
    void a_refused_deletion_is_not_waited_for() {
        mark();
        programs.answer("cloudformation describe-stacks --stack-name prove-a1b2c3 ", "prove-a1b2c3\n");
        programs.answer("cloudformation delete-stack", new Programs.Result(254, "", "InternalError"));

        removed(null);

        assertThat(programs.changes()).noneMatch(command -> command.contains(" wait "));
    }

    @Test
    void nothing_is_deployed_where_a_stack_has_the_name() {
        programs.answer("cloudformation describe-stacks --stack-name prove-a1b2c3 ", "prove-a1b2c3\n");
        var leftovers = new Leftovers(Runs.settings(null), programs);

        assertThatThrownBy(leftovers::mark)
                .hasMessage("prove-a1b2c3 exists already: stack prove-a1b2c3 in us-east-1; nothing was changed");
        assertThat(programs.changes()).isEmpty();
    }

    @Test
    void the_mark_has_the_regions() throws Exception {
        new Leftovers(Runs.settings(null), programs).mark();

        assertThat(programs.changes())
                .containsExactly("aws ssm put-parameter --type String --value us-east-1,eu-west-1" + MARK);
    }

    /** The deployment fails: every other step needs it, and the removal takes what it made. */
    @Test
    void a_run_whose_deployment_fails_removes_everything() {
        programs.answer("./stacks deploy", new Programs.Result(1, "", "ROLLBACK_COMPLETE\n"));

        var entries = run(null).prove(InstantSource.system(), line -> {
            if (line.startsWith("Remove")) {
                mark();
            }
        });

        assertThat(entries.getFirst().outcome())
                .isEqualTo(new Outcome.Failed("./stacks deploy ended with 1: ROLLBACK_COMPLETE"));
        assertThat(entries.subList(1, entries.size() - 1))
                .allSatisfy(entry -> assertThat(entry.outcome()).isInstanceOf(Outcome.Skipped.class));
        assertThat(entries.getLast().outcome()).isInstanceOf(Outcome.Passed.class);
        assertThat(programs.changes())
                .contains("./stacks remove")
                .last()
                .asString()
                .contains("ssm delete-parameter");
    }
}
