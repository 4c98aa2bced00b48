package imageferry.local.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command {@code ./stacks replay}. */
class ReplayingEventsTest {
    private static final String PUBLISH =
            "arn:aws:lambda:us-east-1:111111111111:function:imageferry-PublishChangesFunction-1A";

    @TempDir
    Path folder;

    private RecordedStacks stacks;

    @BeforeEach
    void oneEventIsUndelivered() throws IOException {
        stacks = new RecordedStacks(folder);
        stacks.put("keys", "aws/lambda/1/kept\n");
        stacks.put("messages", "a-receipt\t\"aws/lambda/1/kept\"\n");
        stacks.put(
                "record", "{\"requestContext\": {\"functionArn\" : \"" + PUBLISH + ":$LATEST\"}, \"payload\": \"{}\"}");
        stacks.put("function-answer", "{\"batchItemFailures\":[]}");
        stacks.put("function-error", "None\n");
    }

    @Test
    void each_event_goes_to_its_function_and_is_deleted_with_its_message() throws IOException {
        stacks.put("keys", "aws/lambda/1/first\taws/lambda/1/second\n");
        stacks.put("messages", "a-receipt\t\"aws/lambda/1/first\"\nanother\t\"aws/lambda/1/kept\"\n");

        var run = stacks.run("replay");

        assertThat(run.status()).as(run.errors()).isZero();
        assertThat(run.errors()).isEqualTo("stacks: events replayed: 2, failed again and kept: 0\n");
        assertThat(stacks.notes())
                .filteredOn(note -> note.contains("lambda invoke"))
                .hasSize(2)
                .allMatch(note -> note.contains("--function-name " + PUBLISH + " --payload fileb://"));
        assertThat(stacks.notes())
                .contains(
                        "aws s3 rm --region us-east-1 --quiet s3://the-bucket/aws/lambda/1/first",
                        "aws s3 rm --region us-east-1 --quiet s3://the-bucket/aws/lambda/1/second")
                .filteredOn(note -> note.contains("delete-message"))
                .containsExactly(
                        "aws sqs delete-message --region us-east-1 --queue-url the-queue --receipt-handle a-receipt");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "None      | {\"batchItemFailures\":[{\"itemIdentifier\":\"2\"}]}",
                "Unhandled | {\"errorMessage\":\"no\"}",
            })
    void an_event_that_fails_again_is_kept_with_its_message(String error, String answer) throws IOException {
        stacks.put("function-error", error + "\n");
        stacks.put("function-answer", answer);

        var run = stacks.run("replay");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.errors())
                .contains("aws/lambda/1/kept failed again: " + answer, "replayed: 0, failed again and kept: 1");
        assertThat(stacks.notes()).noneMatch(note -> note.contains("s3 rm") || note.contains("delete-message"));
    }

    @Test
    void no_other_function_is_called() throws IOException {
        stacks.put(
                "record",
                "{\"requestContext\":{\"functionArn\":\"arn:aws:lambda:us-east-1:111111111111:function:other\"}}");

        var run = stacks.run("replay");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.errors()).contains("aws/lambda/1/kept is no event of a function of imageferry");
        assertThat(stacks.notes()).noneMatch(note -> note.contains("lambda invoke"));
    }

    @Test
    void an_empty_bucket_needs_no_call() throws IOException {
        stacks.put("keys", "None\n");
        stacks.put("messages", "");

        var run = stacks.run("replay");

        assertThat(run.status()).as(run.errors()).isZero();
        assertThat(run.errors()).contains("replayed: 0, failed again and kept: 0");
        assertThat(stacks.changes()).noneMatch(note -> note.contains("lambda invoke"));
    }
}
