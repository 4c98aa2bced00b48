package imageferry.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rule 6 in the API: the queue of a region that runs three copies at once. */
@Timeout(240)
@Tag("slow")
class QueueOverHttpTest {
    private static final int SLOTS = 3;
    private static final int MANY = 15;
    private static final String REGION = "eu-west-1";
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final String GRANTED = "Start Snapshot Copy";

    @TempDir
    Path folder;

    private RunningCloud cloud;
    private String source;

    @BeforeEach
    void anImage() throws Exception {
        cloud = new RunningCloud(folder.resolve("data"), Map.of("SlotsPerRegion", "" + SLOTS));
        source = cloud.imported(BootDisk.make(folder.resolve("disk.img"), 16), "original");
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    @Test
    void copies_that_queue_at_once_begin_in_their_order_and_never_more_than_three_run() throws Exception {
        List<JsonNode> queue;
        try (var others = new TakenSlots(cloud.dynamoDb(), REGION, SLOTS)) {
            atOnce();
            queue = waiting(MANY);
            assertThat(queue).extracting(QueueOverHttpTest::place).containsExactlyElementsOf(places(1, MANY));
            for (var i : List.of(3, 7, 11)) {
                cloud.api
                        .post("/images/" + queue.get(i).path("imageId").asText() + "/cancel-copy", Map.of())
                        .orExplain();
            }
            waiting(MANY - 3);
            others.letGo();
        }
        var last = requested("last");

        var ends = new ArrayList<JsonNode>();
        for (var copy : queue) {
            cloud.watch.untilEnded(id(copy));
            ends.add(cloud.api.get("/copies/" + id(copy)).orExplain());
        }
        assertThat(cloud.watch.untilEnded(id(last))).isEqualTo("Available");
        var made = ends.stream()
                .filter(copy -> copy.path("status").asText().equals("Available"))
                .toList();
        assertThat(ends)
                .filteredOn(copy -> copy.path("status").asText().equals("Cancelled"))
                .hasSize(3)
                .noneMatch(copy -> at(copy, GRANTED).isPresent());
        assertThat(made)
                .hasSize(MANY - 3)
                .extracting(copy -> at(copy, GRANTED).orElseThrow())
                .isSorted();
        assertThat(mostAtOnce(made)).isEqualTo(SLOTS);
        theRegionIsIdleAndKnowsItsPace();
    }

    private void atOnce() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : IntStream.range(0, MANY)
                    .mapToObj(i -> threads.submit(() -> requested("copy-" + i)))
                    .toList()) {
                answer.get();
            }
        }
    }

    /** Repeats a request when the API reports that it is busy, as documented: with the same client token. */
    private JsonNode requested(String name) throws Exception {
        var body = Map.of("targets", List.of(Map.of("region", REGION, "name", name)), "clientToken", name);
        var answer = cloud.api.post("/images/" + source + "/copies", body);
        while (answer.status() == 503) {
            answer = cloud.api.post("/images/" + source + "/copies", body);
        }
        return RunningCloud.only(answer);
    }

    /** The queued copies, in order, once there are this many. */
    private List<JsonNode> waiting(int count) throws Exception {
        while (true) {
            var waiting = cloud.api
                    .get("/copies")
                    .orExplain()
                    .path("copies")
                    .valueStream()
                    .filter(copy -> copy.has("queuePosition"))
                    .sorted(Comparator.comparingInt(QueueOverHttpTest::place))
                    .toList();
            if (waiting.size() == count) {
                return waiting;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private static String id(JsonNode copy) {
        return copy.path("copyId").asText();
    }

    private static int place(JsonNode copy) {
        return copy.path("queuePosition").asInt();
    }

    private static List<Integer> places(int first, int last) {
        return IntStream.rangeClosed(first, last).boxed().toList();
    }

    private static Optional<Instant> at(JsonNode copy, String step) {
        return copy.path("steps")
                .valueStream()
                .filter(one -> one.path("name").asText().equals(step))
                .map(one -> Instant.parse(one.path("startedAt").asText()))
                .findFirst();
    }

    /** A slot that is given back and granted at the same moment is given back first. */
    private static int mostAtOnce(List<JsonNode> copies) {
        record Event(Instant at, int change) {}
        var running = 0;
        var most = 0;
        for (var event : copies.stream()
                .flatMap(copy -> Stream.of(
                        new Event(at(copy, GRANTED).orElseThrow(), 1),
                        new Event(Instant.parse(copy.path("endedAt").asText()), -1)))
                .sorted(Comparator.comparing(Event::at).thenComparingInt(Event::change))
                .toList()) {
            running += event.change();
            most = Math.max(most, running);
        }
        return most;
    }

    private void theRegionIsIdleAndKnowsItsPace() throws Exception {
        var region = cloud.api
                .get("/regions")
                .orExplain()
                .path("regions")
                .valueStream()
                .filter(one -> one.path("region").asText().equals(REGION))
                .findFirst()
                .orElseThrow();
        assertThat(region.at("/slots/used").asInt()).isZero();
        assertThat(region.path("queueLength").asInt()).isZero();
        assertThat(region.path("bytesPerSecond").asLong()).isPositive();
        assertThat(cloud.buckets.openUploads(REGION, RunningCloud.bucket(REGION)))
                .isEmpty();
    }
}
