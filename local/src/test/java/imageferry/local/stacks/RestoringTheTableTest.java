package imageferry.local.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code ./stacks restore}. */
class RestoringTheTableTest {
    private static final String TIME = "2026-11-30T12:00:00Z";
    private static final String RESTORED = "imageferry-restored-2026-11-30T120000Z";
    private static final String ON_IT = " --region us-east-1 --table-name " + RESTORED;

    @TempDir
    Path folder;

    private RecordedStacks stacks;

    @BeforeEach
    void replaceThePrograms() throws IOException {
        stacks = new RecordedStacks(folder);
    }

    private List<String> commands() throws IOException {
        return stacks.changes().stream()
                .map(note -> note.replaceFirst("SET restoredAt.*", "SET restoredAt"))
                .map(note -> note.replaceFirst(" --no-confirm-changeset --no-fail-on-empty-changeset", ""))
                .toList();
    }

    @Test
    void deletions_stop_first_and_the_table_is_complete_and_marked_before_it_is_used() throws IOException {
        var run = stacks.run("restore", TIME);

        assertThat(run.status()).as(run.errors()).isZero();
        assertThat(commands())
                .containsExactly(
                        "sam deploy --region us-east-1 --parameter-overrides SweepDeletes=false",
                        "aws dynamodb restore-table-to-point-in-time --region us-east-1 --source-table-name Imageferry"
                                + " --target-table-name " + RESTORED + " --restore-date-time " + TIME,
                        "aws dynamodb update-table" + ON_IT
                                + " --stream-specification StreamEnabled=true,StreamViewType=NEW_AND_OLD_IMAGES",
                        "aws dynamodb update-time-to-live" + ON_IT
                                + " --time-to-live-specification Enabled=true,AttributeName=expiresAt",
                        "aws dynamodb update-continuous-backups" + ON_IT
                                + " --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true",
                        "aws dynamodb tag-resource --region us-east-1 --resource-arn arn:the-table"
                                + " --tags Key=application,Value=imageferry",
                        "aws dynamodb update-table" + ON_IT + " --deletion-protection-enabled",
                        "aws dynamodb update-item" + ON_IT
                                + " --key {\"pk\":{\"S\":\"LEDGER\"},\"sk\":{\"S\":\"LEDGER\"}} --update-expression SET restoredAt",
                        "sam deploy --region us-east-1 --parameter-overrides SweepDeletes=false RestoredTable="
                                + RESTORED + " RestoredStream=2026-11-30T12:10:00.000",
                        "aws dynamodb update-item --region us-east-1 --table-name Imageferry"
                                + " --key {\"pk\":{\"S\":\"LEDGER\"},\"sk\":{\"S\":\"LEDGER\"}} --update-expression SET restoredAt");
        assertThat(run.errors()).contains("./stacks restore --confirm", "SweepDeletes=true", "Imageferry still exists");
    }

    @Test
    void a_table_that_was_restored_earlier_is_the_next_source() throws IOException {
        stacks.put("restored", "imageferry-restored-2026-11-01T000000Z\n");

        assertThat(stacks.run("restore", TIME).status()).isZero();

        assertThat(commands().get(1)).contains("--source-table-name imageferry-restored-2026-11-01T000000Z ");
    }

    @Test
    void a_repeated_command_continues_with_the_table_that_it_has_restored() throws IOException {
        stacks.put("restored-exists", "{}");

        assertThat(stacks.run("restore", TIME).status()).isZero();

        assertThat(commands()).noneMatch(command -> command.contains("restore-table"));
    }

    @Test
    void a_table_in_use_is_not_restored_again() throws IOException {
        stacks.put("restored", RESTORED + "\n");

        var run = stacks.run("restore", TIME);

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.errors()).contains(RESTORED + " is already in use");
        assertThat(stacks.changes()).isEmpty();
    }

    @Test
    void a_table_that_could_not_be_marked_is_not_used() throws IOException {
        stacks.put("item-error", "An error occurred (AccessDeniedException)\n");

        var run = stacks.run("restore", TIME);

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.errors()).contains("AccessDeniedException");
        assertThat(commands()).noneMatch(command -> command.contains("RestoredTable="));
    }

    @Test
    void a_table_without_an_id_needs_no_mark() throws IOException {
        stacks.put("item-error", "An error occurred (ConditionalCheckFailedException)\n");

        assertThat(stacks.run("restore", TIME).status()).isZero();
    }

    @Test
    void a_restore_is_confirmed_by_the_number_of_snapshots_that_would_go() throws IOException {
        stacks.theGuardSays("{\"done\":false,\"count\":2,\"message\":\"2 snapshots are not needed\",\"keys\":"
                + "[\"snapshots/s-1 in eu-west-1, 10 bytes, image m-1, name golden, owner 222222222222\"]}");

        var listed = stacks.run("restore", "--confirm");

        assertThat(listed.status()).as(listed.errors()).isZero();
        assertThat(listed.output())
                .isEqualTo("snapshots/s-1 in eu-west-1, 10 bytes, image m-1, name golden, owner 222222222222\n");
        assertThat(stacks.notes().getLast())
                .endsWith("--event {\"operation\":\"restore\",\"region\":\"us-east-1\",\"count\":null}");
        assertThat(stacks.run("restore", "--confirm", "2").status()).isEqualTo(1);
        assertThat(stacks.notes().getLast()).endsWith("\"count\":2}");
    }

    @Test
    void a_time_in_another_form_shows_the_usage() {
        for (var time : List.of("yesterday", "2026-11-30", "2026-11-30T12:00:00+01:00")) {
            var run = stacks.run("restore", time);

            assertThat(run.status()).as(time).isEqualTo(2);
            assertThat(run.errors()).contains("./stacks restore TIME");
        }
    }
}
