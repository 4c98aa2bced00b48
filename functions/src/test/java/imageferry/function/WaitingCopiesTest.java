package imageferry.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.region.Region;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Callers see a place in the queue, an estimated start, and each region's measured rate. */
class WaitingCopiesTest {
    private static final String ANN = "222222222222";
    private static final int SLOTS = 5;

    private final World world = new World();
    private final Client ann = new Client(world, ANN);

    @Test
    void a_waiting_copy_has_its_place_and_its_estimated_start() {
        aThousandBytesASecond();
        parked(SLOTS, 60_000);
        var waiting = parked(2, 10_000);

        assertThat(copy(waiting.getFirst()).path("queuePosition").asInt()).isEqualTo(1);
        assertThat(copy(waiting.getLast()).path("queuePosition").asInt()).isEqualTo(2);
        assertThat(copy(waiting.getLast()).path("estimatedStartAt").asText())
                .isEqualTo(world.clock.instant().plusSeconds(60).toString());
    }

    @Test
    void a_list_has_the_same_values() {
        aThousandBytesASecond();
        parked(SLOTS, 60_000);
        var waiting = parked(2, 10_000);

        var listed = ann.list("/copies", Map.of()).path("copies");

        assertThat(listed).contains(copy(waiting.getFirst()), copy(waiting.getLast()));
    }

    @Test
    void a_copy_that_does_not_wait_has_neither_and_an_unknown_rate_gives_no_start() {
        var running = parked(SLOTS, 1_000).getFirst();
        var waiting = parked(1, 1_000).getFirst();

        assertThat(copy(running).has("queuePosition")).isFalse();
        assertThat(copy(running).has("estimatedStartAt")).isFalse();
        assertThat(copy(waiting).path("queuePosition").asInt()).isEqualTo(1);
        assertThat(copy(waiting).has("estimatedStartAt")).isFalse();
    }

    @Test
    void a_region_has_the_recent_rate_of_a_slot() {
        assertThat(home().has("bytesPerSecond")).isFalse();

        aThousandBytesASecond();

        assertThat(home().path("bytesPerSecond").asLong()).isEqualTo(1_000);
    }

    @Test
    void an_available_copy_has_its_average_rate() {
        var copyId = imported(30_000);
        moved(copyId);
        world.later(Duration.ofSeconds(10));
        completed(copyId);
        world.later(Duration.ofSeconds(30));
        new CreateImageFunction(world.app.forWorkflow()).handleRequest(new CopyTask(copyId), new LambdaCall());

        assertThat(copy(copyId).path("bytesPerSecond").asLong()).isEqualTo(3_000);
    }

    private JsonNode home() {
        return ann.list("/regions", Map.of()).at("/regions/0");
    }

    private JsonNode copy(String copyId) {
        return ann.get("/copies/{copyId}", Map.of("copyId", copyId));
    }

    private List<String> parked(int count, int bytes) {
        var copies = new ArrayList<String>();
        for (var i = 0; i < count; i++) {
            copies.add(imported(bytes));
            park(copies.getLast());
        }
        return copies;
    }

    private String imported(int bytes) {
        world.later(Duration.ofSeconds(1));
        var name = "disk-" + world.clock.instant().getEpochSecond();
        var key = "imports/" + ANN + "/" + name;
        world.store.put(new Blob(new Region("us-east-1"), key), Bytes.random(bytes, bytes));
        return ann.post(
                        202,
                        "/images",
                        Map.of(),
                        "{\"region\": \"us-east-1\", \"name\": \"" + name + "\", \"importKey\": \"" + key
                                + "\", \"format\": \"raw\"}")
                .at("/copy/copyId")
                .asText();
    }

    private void park(String copyId) {
        new RequestSlotFunction(world.app.forWorkflow().requestSlot())
                .handleRequest(new ParkTask(copyId, "token-of-" + copyId), new LambdaCall());
    }

    /** A first copy of 30,000 bytes held its slot for 30 seconds. */
    private void aThousandBytesASecond() {
        var copyId = imported(30_000);
        moved(copyId);
        completed(copyId);
        world.later(Duration.ofSeconds(30));
        new CreateImageFunction(world.app.forWorkflow()).handleRequest(new CopyTask(copyId), new LambdaCall());
    }

    private void moved(String copyId) {
        park(copyId);
        var batches = new StartSnapshotCopyFunction(world.app.forWorkflow().startSnapshotCopy())
                .handleRequest(new CopyTask(copyId), new LambdaCall())
                .batches();
        new CopySnapshotPartsFunction(world.app.forWorkflow().copySnapshotParts())
                .handleRequest(new CopySnapshotPartsFunction.Task(copyId, batches.getFirst()), new LambdaCall());
    }

    private void completed(String copyId) {
        new CompleteSnapshotCopyFunction(world.app.forWorkflow().completeSnapshotCopy())
                .handleRequest(new CopyTask(copyId), new LambdaCall());
    }
}
