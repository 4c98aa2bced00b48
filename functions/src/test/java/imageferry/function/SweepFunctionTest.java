package imageferry.function;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.region.Region;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Bytes;
import imageferry.snapshot.Faults.Call;
import imageferry.snapshot.StoreUnavailable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A sweep finishes interrupted deletions, and reports nothing else. */
class SweepFunctionTest {
    private static final Region HOME = new Region("us-east-1");

    private final World world = new World();
    private final Client owner = new Client(world, "222222222222");
    private final SweepFunction function = new SweepFunction(world.app.forEvents());
    private int deletions;

    /** The decision is on record; the bytes still exist. */
    @BeforeEach
    void stopADeletionHalfway() {
        var upload = new Blob(HOME, "imports/222222222222/disk");
        world.store.put(upload, Bytes.random(1, 1_000));
        var answer = owner.post(202, "/images", Map.of(), """
                {"region":"us-east-1","name":"golden","importKey":"imports/222222222222/disk","format":"raw"}""");
        new WorkflowSteps(world).run(answer.at("/copy/copyId").asText());
        world.store.faults().before(Call.DELETE, number -> {
            deletions++;
            throw new StoreUnavailable("The process is killed here");
        });
        var image = Map.of("imageId", answer.at("/image/imageId").asText());
        owner.call("DELETE", "/images/{imageId}", image, Map.of(), null);
        assertThat(deletions).isEqualTo(1);
    }

    @Test
    void a_recently_interrupted_deletion_is_finished_without_a_finding() {
        world.store.faults().before(Call.DELETE, number -> {});
        world.later(Duration.ofMillis(1));

        function.handleRequest(Map.of(), new LambdaCall());

        assertThat(world.store.list(HOME, "snapshots/")).isEmpty();
        assertThat(measured()).doesNotContain("SweepFindings");
    }

    @Test
    void a_deletion_interrupted_minutes_ago_is_a_finding() {
        world.store.faults().before(Call.DELETE, number -> {});
        world.later(Duration.ofMinutes(6));

        function.handleRequest(Map.of(), new LambdaCall());

        assertThat(world.store.list(HOME, "snapshots/")).isEmpty();
        assertThat(measured()).contains("\"SweepFindings\":1");
    }

    @Test
    void a_deletion_that_fails_is_tried_once_in_a_sweep() {
        world.later(Duration.ofMinutes(6));

        function.handleRequest(Map.of(), new LambdaCall());

        assertThat(deletions).isEqualTo(2);
        assertThat(measured()).contains("\"SweepFailures\":1");
    }

    private String measured() {
        return world.measured.toString(StandardCharsets.UTF_8);
    }
}
