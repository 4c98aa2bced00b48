package imageferry.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import imageferry.contract.AlarmRule;
import imageferry.contract.AlarmRule.Point;
import imageferry.region.Region;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Bytes;
import imageferry.snapshot.Faults.Call;
import imageferry.snapshot.StoreUnavailable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * Each alarm on a metric of our own rings by what the functions print in the failure that it is for. Before that, it does not
 * ring.
 */
class RingingAlarmsTest {
    private static final Region HOME = new Region("us-east-1");
    private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(5);

    private final World world = new World(Map.of("SLOTS_PER_REGION", "1"));
    private final Client owner = new Client(world, "222222222222");
    private final SweepFunction sweeper = new SweepFunction(world.app.forEvents());
    private final WorkflowSteps steps = new WorkflowSteps(world);
    private int number;

    private boolean rings(String alarm) {
        var rule = AlarmRule.of(alarm);
        assertThat(rule.dimensions()).isEmpty();
        return rule.rings(world.measured
                .toString(StandardCharsets.UTF_8)
                .lines()
                .map(RingingAlarmsTest::json)
                .filter(line ->
                        line.at("/_aws/CloudWatchMetrics/0/Namespace").asText().equals(rule.namespace()))
                .filter(RingingAlarmsTest::hasNoDimension)
                .filter(line -> line.at("/_aws/CloudWatchMetrics/0/Metrics/0/Name")
                        .asText()
                        .equals(rule.metric()))
                .map(line -> new Point(
                        Instant.ofEpochMilli(line.at("/_aws/Timestamp").asLong()),
                        line.get(rule.metric()).asLong()))
                .toList());
    }

    private static boolean hasNoDimension(JsonNode line) {
        return StreamSupport.stream(
                        line.at("/_aws/CloudWatchMetrics/0/Dimensions").spliterator(), false)
                .anyMatch(JsonNode::isEmpty);
    }

    private static JsonNode json(String line) {
        try {
            return new ObjectMapper().readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError(line, e);
        }
    }

    private void sweep() {
        sweeper.handleRequest(Map.of(), new LambdaCall());
    }

    private JsonNode imported() {
        var upload = new Blob(HOME, "imports/222222222222/disk-" + ++number);
        world.store.put(upload, Bytes.random(number, 1_000));
        return owner.post(202, "/images", Map.of(), """
                {"region":"us-east-1","name":"golden-%d","importKey":"%s","format":"raw"}""".formatted(number, upload.key()));
    }

    private String copying() {
        var copy = imported().at("/copy/copyId").asText();
        steps.validate(copy);
        new RequestSlotFunction(world.app.forWorkflow().requestSlot())
                .handleRequest(new ParkTask(copy, "token-of-" + copy), new LambdaCall());
        return copy;
    }

    @Test
    void a_copy_that_fails() {
        var copy = copying();
        assertThat(rings("CopiesFailedAlarm")).isFalse();

        assertThat(steps.settle(copy, new WorkflowError("Outage", "The lights went out")))
                .isEqualTo("Failed");

        assertThat(rings("CopiesFailedAlarm")).isTrue();
    }

    @Test
    void a_copy_that_waits_for_a_day() {
        copying();
        copying();

        world.later(Duration.ofDays(1).minusSeconds(1));
        sweep();
        assertThat(rings("OldestWaitingAlarm")).isFalse();

        world.later(Duration.ofSeconds(1));
        sweep();
        assertThat(rings("OldestWaitingAlarm")).isTrue();
    }

    @Test
    void a_copy_that_runs_for_two_days() {
        copying();

        world.later(Duration.ofDays(2).minusSeconds(1));
        sweep();
        assertThat(rings("LongestHeldSlotAlarm")).isFalse();

        world.later(Duration.ofSeconds(1));
        sweep();
        assertThat(rings("LongestHeldSlotAlarm")).isTrue();
    }

    private void theThirdFailedSweepRings() {
        for (var sweeps = 1; sweeps <= 3; sweeps++) {
            assertThat(rings("SweepFailuresAlarm")).isFalse();
            sweep();
            world.later(BETWEEN_SWEEPS);
        }

        assertThat(rings("SweepFailuresAlarm")).isTrue();
    }

    @Test
    void three_sweeps_in_a_row_that_fail() {
        world.store.faults().before(Call.TEXT, call -> {
            throw new StoreUnavailable("The region is down");
        });
        theThirdFailedSweepRings();
    }

    @Test
    void a_look_that_fails_is_repeated_by_each_sweep_until_the_alarm_rings() {
        world.store.faults().before(Call.LIST, call -> {
            throw new StoreUnavailable("The bucket cannot be listed");
        });
        world.store.put(new Blob(HOME, "ledger"), Bytes.random(1, 1));
        theThirdFailedSweepRings();
    }

    @Test
    void three_sweeps_in_a_row_that_find_work() {
        for (var sweeps = 1; sweeps <= 3; sweeps++) {
            assertThat(rings("SweepFindingsAlarm")).isFalse();
            interruptDeletion();
            world.later(Duration.ofMinutes(5).plusMillis(1));
            sweep();
        }

        assertThat(rings("SweepFindingsAlarm")).isTrue();
    }

    private void interruptDeletion() {
        var answer = imported();
        steps.run(answer.at("/copy/copyId").asText());
        world.store.faults().before(Call.DELETE, call -> {
            throw new StoreUnavailable("The process is killed here");
        });
        owner.call(
                "DELETE",
                "/images/{imageId}",
                Map.of("imageId", answer.at("/image/imageId").asText()),
                Map.of(),
                null);
        world.store.faults().before(Call.DELETE, call -> {});
    }
}
