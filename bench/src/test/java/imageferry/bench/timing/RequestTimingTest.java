package imageferry.bench.timing;

import static imageferry.bench.timing.RequestTiming.Outcome.COPIED;
import static imageferry.bench.timing.RequestTiming.Outcome.ERROR_IN_OK;
import static imageferry.bench.timing.RequestTiming.Outcome.INTERNAL_ERROR;
import static imageferry.bench.timing.RequestTiming.Outcome.SLOW_DOWN;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class RequestTimingTest {
    private static final long MIB = 1L << 20;

    private final VirtualTime time = new VirtualTime();

    @Test
    void a_copy_takes_its_overhead_and_its_bytes() throws Exception {
        var same = new RequestTiming(Calibration.SAME_REGION, time, 1);
        var cross = new RequestTiming(Calibration.CROSS_REGION, time, 1);

        assertThat(time.run(() -> same.copy(80 * MIB))).isEqualTo(Duration.ofMillis(1_300));
        assertThat(time.run(() -> cross.copy(4_700_000))).isEqualTo(Duration.ofMillis(1_150));
        assertThat(time.run(cross::roundTrip)).isEqualTo(Duration.ofMillis(20));
    }

    @Test
    void a_client_that_gives_up_has_waited_for_its_whole_patience() throws Exception {
        var timing = new RequestTiming(Calibration.CROSS_REGION, time, 1);
        var outcomes = new ArrayList<RequestTiming.Outcome>();

        var taken = time.run(() -> {
            outcomes.add(timing.copy(4_700_000, Duration.ofMillis(1_149)));
            outcomes.add(timing.copy(4_700_000, Duration.ofMillis(1_150)));
        });

        assertThat(outcomes).containsExactly(RequestTiming.Outcome.GIVEN_UP, COPIED);
        assertThat(taken).isEqualTo(Duration.ofMillis(1_149 + 1_150));
    }

    @Test
    void streams_do_not_share_their_rate() throws Exception {
        var timing = new RequestTiming(Calibration.SAME_REGION, time, 1);

        var taken = time.run(() -> sideBySide(1_280, timing, 80 * MIB));

        assertThat(taken).isEqualTo(Duration.ofMillis(1_300));
    }

    @Test
    void a_bucket_admits_a_burst_and_then_its_rate() throws Exception {
        var timing = new RequestTiming(limited(100), time, 1);

        time.run(() -> {
            assertThat(sideBySide(150, timing, 0)).filteredOn(SLOW_DOWN::equals).hasSize(50);
            time.sleep(Duration.ofMillis(500).minusMillis(20));
        });
        // 0.78 s have passed since the bucket was emptied, 0.3 s of them during the admitted copies.
        time.run(() -> assertThat(sideBySide(150, timing, 0))
                .filteredOn(COPIED::equals)
                .hasSize(78));
        time.run(() -> time.sleep(Duration.ofHours(1)));
        time.run(() -> assertThat(sideBySide(150, timing, 0))
                .filteredOn(COPIED::equals)
                .hasSize(100));
    }

    @Test
    void a_rejected_request_takes_a_round_trip_and_copies_nothing() throws Exception {
        var timing = new RequestTiming(limited(1), time, 1);

        time.run(() -> timing.copy(0));
        var taken = time.run(() -> assertThat(sideBySide(2, timing, 800 * MIB)).containsOnly(SLOW_DOWN));

        assertThat(taken).isEqualTo(Duration.ofMillis(20));
    }

    @Test
    void faults_occur_at_their_rates() throws Exception {
        var bad = new Calibration(
                "BAD", 80 * MIB, Duration.ofMillis(300), Duration.ofMillis(20), 1e9, new FaultRates(0.1, 0.05), 0);
        var timing = new RequestTiming(bad, time, 1);

        time.run(() -> {
            var outcomes = sideBySide(10_000, timing, MIB);
            assertThat(outcomes).filteredOn(INTERNAL_ERROR::equals).hasSizeBetween(900, 1_100);
            assertThat(outcomes).filteredOn(ERROR_IN_OK::equals).hasSizeBetween(430, 570);
        });
    }

    private static Calibration limited(double perSecond) {
        return new Calibration(
                "LIMITED", 80 * MIB, Duration.ofMillis(300), Duration.ofMillis(20), perSecond, FaultRates.NONE, 0);
    }

    private static List<RequestTiming.Outcome> sideBySide(int requests, RequestTiming timing, long bytes)
            throws Exception {
        var outcomes = new ArrayList<RequestTiming.Outcome>();
        Callable<RequestTiming.Outcome> copy = () -> timing.copy(bytes);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var outcome : threads.invokeAll(Collections.nCopies(requests, copy))) {
                outcomes.add(outcome.get());
            }
        }
        return outcomes;
    }
}
