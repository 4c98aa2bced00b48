package imageferry.local.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import imageferry.local.data.DataDisk;
import imageferry.local.lambda.Answer;
import imageferry.local.lambda.Failures;
import imageferry.local.lambda.Undelivered;
import imageferry.local.template.StreamMapping;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FollowingAStreamTest {
    @TempDir
    Path folder;

    private final BlockingQueue<List<StreamRecord>> stream = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> calls = new LinkedBlockingQueue<>();

    @Test
    void wanted_records_arrive_in_batches_and_the_last_one_seen_is_remembered() throws Exception {
        stream.add(List.of(change(1, "a"), change(2, "no"), change(3, "a"), change(4, "a"), change(5, "no")));
        try (var follower =
                following(limit -> Optional.ofNullable(stream.poll()).orElse(List.of()))) {
            assertThat(calls.take()).contains("\"n\":1", "\"n\":3").doesNotContain("\"n\":2", "\"n\":4");
            assertThat(calls.take()).contains("\"n\":4");
            assertThat(follower).isNotNull();
        }

        assertThat(checkpoint().read())
                .hasValueSatisfying(at -> assertThat(at.sequenceNumber()).isIn("4", "5"));
    }

    @Test
    void a_stream_that_cannot_be_read_is_read_again() throws Exception {
        var failures = new LinkedBlockingQueue<>(List.of("one", "two"));
        stream.add(List.of(change(1, "a")));
        try (var _ = following(limit -> {
            if (failures.poll() != null) {
                throw new IllegalStateException("not now");
            }
            return Optional.ofNullable(stream.poll()).orElse(List.of());
        })) {
            assertThat(calls.take()).contains("\"n\":1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "[]", "nonsense", "{\"shard\":\"s\",\"sequenceNumber\":\"x\"}"})
    void a_position_that_cannot_be_read_is_the_beginning(String content) throws Exception {
        var mapping = new StreamMapping("F", "E", "arn", 2, List.of(), true, false, null, null, true);
        var file = folder.resolve("F.E.json");
        Files.writeString(file, content);

        assertThat(StreamFollower.lastRead(mapping, folder)).isZero();
        assertThat(new Checkpoint(file).read()).isEmpty();

        var filledUp =
                new StreamRecord("s", "000000000000000000007", Instant.EPOCH, JsonNodeFactory.instance.objectNode());
        new Checkpoint(file).write(filledUp);
        assertThat(StreamFollower.lastRead(mapping, folder)).isEqualTo(7);
        assertThat(folder).isDirectoryNotContaining("glob:**.next");
    }

    private StreamFollower following(StreamSource source) throws JsonProcessingException {
        var filter = new ObjectMapper().readTree("{\"kind\":[\"a\"]}");
        var mapping = new StreamMapping("F", "E", "arn", 2, List.of(filter), true, false, null, null, true);
        return new StreamFollower(
                        mapping,
                        source,
                        checkpoint(),
                        event -> {
                            calls.add(new String(event, StandardCharsets.UTF_8));
                            return new Answer.Returned("{}".getBytes(StandardCharsets.UTF_8));
                        },
                        new Undelivered(folder.resolve("undelivered.jsonl"), Failures.UNHEARD),
                        DataDisk.of(folder),
                        Clock.systemUTC())
                .started();
    }

    private Checkpoint checkpoint() {
        return new Checkpoint(folder.resolve("checkpoint.json"));
    }

    private static StreamRecord change(int number, String kind) {
        return new StreamRecord(
                "shard",
                Integer.toString(number),
                Instant.EPOCH,
                JsonNodeFactory.instance.objectNode().put("n", number).put("kind", kind));
    }
}
