package imageferry.local.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import imageferry.local.lambda.Answer;
import imageferry.local.lambda.Failures;
import imageferry.local.lambda.Undelivered;
import imageferry.local.template.StreamMapping;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveryInOrderTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path folder;

    private final List<List<String>> calls = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();

    /** The states of the disk, in turn. After the last one it is writable. */
    private final Deque<Boolean> unwritable = new ArrayDeque<>();

    @Test
    void a_successful_record_is_delivered_once() throws Exception {
        deliver(mapping(true, false, null), 3, batch -> reported(List.of()));

        assertThat(calls).containsExactly(List.of("1", "2", "3"));
        assertThat(pauses).isEmpty();
    }

    @Test
    void a_reported_failure_is_tried_again_with_all_later_records() throws Exception {
        var failing = new TreeSet<>(Set.of("2"));

        deliver(
                mapping(true, false, 5),
                3,
                batch -> failing.remove("2") ? reported(List.of("3", "2")) : reported(List.of()));

        assertThat(calls).containsExactly(List.of("1", "2", "3"), List.of("2", "3"));
        assertThat(pauses).hasSize(1);
    }

    @Test
    void an_exhausted_record_is_stored_separately_and_the_rest_continues() throws Exception {
        deliver(mapping(true, true, 2), 3, batch -> reported(batch.contains("2") ? List.of("2") : List.of()));

        assertThat(calls)
                .containsExactly(
                        List.of("1", "2", "3"),
                        List.of("2", "3"),
                        List.of("2"),
                        List.of("2"),
                        List.of("2"),
                        List.of("3"));
        assertThat(undelivered())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains(
                                "\"startSequenceNumber\":\"2\",\"endSequenceNumber\":\"2\"", "RetryAttemptsExhausted"));
    }

    @Test
    void a_batch_that_throws_is_halved_until_the_bad_record_is_alone() throws Exception {
        deliver(mapping(false, true, 0), 4, batch -> batch.contains("3") ? failed() : reported(List.of()));

        assertThat(calls)
                .containsExactly(
                        List.of("1", "2", "3", "4"), List.of("1", "2"), List.of("3", "4"), List.of("3"), List.of("4"));
        assertThat(undelivered()).hasSize(1);
    }

    @Test
    void without_halving_the_whole_batch_is_abandoned() throws Exception {
        deliver(mapping(true, false, 0), 3, batch -> failed());

        assertThat(calls).hasSize(1);
        assertThat(undelivered())
                .singleElement()
                .satisfies(line -> assertThat(line).contains("\"batchSize\":3"));
    }

    @Test
    void an_abandoned_batch_is_kept_whole() throws Exception {
        deliver(mapping(true, false, 0), 3, batch -> failed());

        var kept = new ObjectMapper().readTree(undelivered().getFirst());

        assertThat(sequenceNumbers(kept.path("payload").asText().getBytes(StandardCharsets.UTF_8)))
                .containsExactly("1", "2", "3");
    }

    @Test
    void a_report_that_names_no_record_of_the_batch_fails_all_of_it() throws Exception {
        deliver(mapping(true, false, 1), 2, batch -> reported(List.of("9")));

        assertThat(calls).containsExactly(List.of("1", "2"), List.of("1", "2"));
    }

    @Test
    void pauses_grow_to_five_seconds() throws Exception {
        deliver(mapping(true, false, 8), 1, batch -> failed());

        assertThat(pauses).isSorted().startsWith(Duration.ofMillis(200)).endsWith(Duration.ofSeconds(5));
    }

    @Test
    void an_unwritable_disk_stops_deliveries() throws Exception {
        unwritable.addAll(List.of(false, false, false, false, true));

        deliver(mapping(true, false, 0), 2, batch -> reported(List.of()));

        assertThat(calls).containsExactly(List.of("1", "2"));
        assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(1));
    }

    @Test
    void a_failure_caused_by_a_full_disk_is_not_counted() throws Exception {
        unwritable.addAll(List.of(true, false));

        deliver(mapping(true, false, 0), 2, batch -> calls.size() == 1 ? failed() : reported(List.of()));

        assertThat(calls).containsExactly(List.of("1", "2"), List.of("1", "2"));
        assertThat(undelivered()).isEmpty();
    }

    private void deliver(StreamMapping mapping, int count, Function<List<String>, Answer> function)
            throws InterruptedException {
        var delivery = new Delivery(
                mapping,
                event -> {
                    var batch = sequenceNumbers(event);
                    calls.add(batch);
                    return function.apply(batch);
                },
                new Undelivered(folder.resolve("undelivered.jsonl"), Failures.UNHEARD),
                () -> unwritable.isEmpty() || unwritable.removeFirst(),
                pauses::add,
                Clock.fixed(NOW, ZoneOffset.UTC));
        delivery.deliver(IntStream.rangeClosed(1, count)
                .mapToObj(number -> new StreamRecord(
                        "shard",
                        Integer.toString(number),
                        NOW,
                        JsonNodeFactory.instance.objectNode().put("number", Integer.toString(number))))
                .toList());
    }

    private static StreamMapping mapping(boolean reports, boolean bisects, @Nullable Integer retries) {
        return new StreamMapping("F", "E", "arn:stream", 10, List.of(), reports, bisects, retries, null, true);
    }

    private static List<String> sequenceNumbers(byte[] event) {
        try {
            return new ObjectMapper().readTree(event).path("Records").findValuesAsText("number");
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static Answer reported(List<String> failures) {
        var answer = JsonNodeFactory.instance.objectNode();
        var list = answer.putArray("batchItemFailures");
        failures.forEach(failure -> list.addObject().put("itemIdentifier", failure));
        return new Answer.Returned(answer.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static Answer failed() {
        return new Answer.Failed("java.lang.IllegalStateException", new byte[0]);
    }

    private List<String> undelivered() throws IOException {
        var file = folder.resolve("undelivered.jsonl");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }
}
