package imageferry.function;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.function.edge.Json;
import imageferry.function.edge.LambdaSerializer;
import imageferry.function.event.BatchAnswer;
import imageferry.function.event.StreamEvent;
import imageferry.publishing.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The table's stream starts executions, and publishes changes without secrets. */
class StreamFunctionsTest {
    private static final Path EVENTS =
            Path.of(System.getProperty("imageferry.home", "..")).resolve("events");

    private final World world = new World();

    @Test
    void a_new_copy_starts_its_execution() throws IOException {
        var answer = new AdvanceCopiesFunction(world.app.forEvents().advanceCopies())
                .handleRequest(event("stream-advance-copies"), new LambdaCall());

        assertThat(answer).isEqualTo(new BatchAnswer(List.of()));
        assertThat(world.told).contains("start c-goldencopytoeurop");
    }

    @Test
    void a_record_that_fails_stops_the_batch_at_itself() throws IOException {
        world.failExecutions(true);
        var event = event("stream-advance-copies");

        var answer =
                new AdvanceCopiesFunction(world.app.forEvents().advanceCopies()).handleRequest(event, new LambdaCall());

        assertThat(answer)
                .isEqualTo(BatchAnswer.stoppedAt(event.records().getFirst().sequenceNumber()));
    }

    @Test
    void changes_are_published_with_named_fields_and_no_token() throws IOException {
        new PublishChangesFunction(world.app.forEvents().bus())
                .handleRequest(event("stream-publish-changes"), new LambdaCall());

        assertThat(world.published)
                .extracting(Event::kind)
                .containsExactly("Copy State Change", "Image State Change", "Copy State Change", "Image State Change");
        assertThat(world.published.get(2).detail())
                .isEqualTo("{\"copyId\":\"c-goldencopytoeurop\",\"groupId\":\"g-goldengroupabcdef\",\"imageId\":"
                        + "\"m-goldenimagetarget\",\"region\":\"eu-west-1\",\"owner\":\"111111111111\",\"status\":"
                        + "\"Copying\",\"previousStatus\":\"Waiting\",\"by\":\"workflow\",\"changedAt\":\"2026-11-23T10:16:02.500Z\","
                        + "\"sequenceNumber\":\"111100000000000000003\"}");
        assertThat(world.published).extracting(Event::detail).noneMatch(detail -> detail.contains("SampleTaskToken"));
    }

    @Test
    void events_that_the_bus_refuses_are_repeated_with_all_later_ones() throws IOException {
        world.refuseEvent(1);

        var answer = new PublishChangesFunction(world.app.forEvents().bus())
                .handleRequest(event("stream-publish-changes"), new LambdaCall());

        assertThat(answer).isEqualTo(BatchAnswer.stoppedAt("111100000000000000002"));
    }

    @Test
    void the_same_record_gives_the_same_event() throws IOException {
        var event = event("stream-publish-changes");
        new PublishChangesFunction(world.app.forEvents().bus()).handleRequest(event, new LambdaCall());
        var first = List.copyOf(world.published);
        world.published.clear();

        new PublishChangesFunction(world.app.forEvents().bus()).handleRequest(event, new LambdaCall());

        assertThat(world.published).isEqualTo(first);
    }

    @Test
    void the_record_of_a_batch_that_was_given_up_is_the_batch() throws IOException {
        var batch = Files.readString(EVENTS.resolve("stream-advance-copies.json"));
        var record = Json.text(Map.of(
                "requestContext", Map.of("condition", "RetryAttemptsExhausted", "approximateInvokeCount", 21),
                "DDBStreamBatchInfo", Map.of("batchSize", 2),
                "payload", batch));

        var replayed = new LambdaSerializer().<StreamEvent>fromJson(record, StreamEvent.class);

        assertThat(replayed).isEqualTo(event("stream-advance-copies"));
    }

    private static StreamEvent event(String name) throws IOException {
        try (var file = Files.newInputStream(EVENTS.resolve(name + ".json"))) {
            return new LambdaSerializer().fromJson(file, StreamEvent.class);
        }
    }
}
