package imageferry.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import imageferry.account.AccountId;
import imageferry.copying.queue.Slots;
import imageferry.function.edge.Metrics;
import imageferry.ledger.InMemoryLedger;
import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.ledger.Moments;
import imageferry.region.Region;
import imageferry.region.Regions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The ages of slots and queues in the sweeper's metrics. */
class SweepMetricsTest {
    private static final Region HOME = new Region("us-east-1");

    private final InMemoryLedger ledger = new InMemoryLedger();
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    private Instant now = Instant.parse("2026-11-23T10:15:30.250Z");
    private final SweepMetrics metrics = new SweepMetrics(
            new Metrics("imageferry", new PrintStream(lines, true, StandardCharsets.UTF_8), () -> now),
            new Regions("imageferry", new AccountId("111111111111"), List.of(HOME)),
            new Slots(ledger),
            () -> now);

    private void since(Instant granted, Instant queued) {
        ledger.put(
                new Key("REGION#" + HOME, "SLOTS"),
                Item.empty().with("holders", Map.of("c-aaaaaaaaaaaaaaaaa", Moments.sortable(granted))));
        ledger.put(new Key("REGION#" + HOME, "WAIT#1"), Item.empty().with("queuedAt", queued));
    }

    private Map<String, Long> told() {
        metrics.put(0, 0);
        var told = new TreeMap<String, Long>();
        for (var metric : List.of("LongestHeldSlotSeconds", "OldestWaitingSeconds")) {
            lines.toString(StandardCharsets.UTF_8)
                    .lines()
                    .map(SweepMetricsTest::json)
                    .filter(line -> line.has(metric))
                    .forEach(line -> told.put(metric, line.get(metric).asLong()));
        }
        return told;
    }

    private static JsonNode json(String line) {
        try {
            return new ObjectMapper().readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError(line, e);
        }
    }

    @Test
    void slots_and_places_taken_during_the_sweep_have_their_current_age() {
        // The sweep began at `now` and took two minutes.
        since(now.plusSeconds(90), now.plusSeconds(30));
        now = now.plus(Duration.ofMinutes(2));

        assertThat(told()).isEqualTo(Map.of("LongestHeldSlotSeconds", 30L, "OldestWaitingSeconds", 90L));
    }

    @Test
    void a_clock_that_is_ahead_makes_no_negative_age() {
        since(now.plusMillis(1), now.plusSeconds(5));

        assertThat(told()).isEqualTo(Map.of("LongestHeldSlotSeconds", 0L, "OldestWaitingSeconds", 0L));
    }
}
