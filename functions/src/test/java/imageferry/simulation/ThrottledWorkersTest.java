package imageferry.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.function.BatchTask;
import imageferry.snapshot.PartBatch;
import imageferry.snapshot.PartPlanner;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** New accounts often run ten functions at once. The workers of one copy then wait for each other, in virtual time here. */
class ThrottledWorkersTest {
    private static final int CONCURRENCY = 10;
    private static final int WORKERS = 40;
    /** The quota of one execution's history. */
    private static final int MOST_EVENTS = 25_000;

    private static final long SIZE = 5L << 40;
    /** In seconds, on a slow route: 4.7 MB/s for each stream. */
    private static final long OF_EACH = Math.round(SIZE / (WORKERS * PartBatch.STREAMS * 4.7e6));

    private static final List<BatchTask> BATCHES = new PartPlanner(WORKERS)
            .plan(SIZE)
            .batches()
            .map(batch -> new BatchTask(batch.number(), batch.firstPart(), batch.lastPart()))
            .toList();

    @Test
    void a_copy_of_5_tib_waits_until_lambda_starts_all_of_its_workers() {
        assertThat(BATCHES).hasSize(WORKERS);
        assertThat(OF_EACH).isBetween(15 * 60L, 16 * 60L);
        assertThat(LongStream.range(0, 100)).allSatisfy(seed -> {
            var lambda = new CrowdedLambda(seed, CONCURRENCY, BATCHES, OF_EACH);

            assertThat(lambda.run()).isInstanceOf(Outcome.Done.class);
            assertThat(lambda.throttled()).isGreaterThan(WORKERS);
            assertThat(lambda.events()).isLessThan(MOST_EVENTS / 2);
        });
    }

    /** Without any free worker, tries end before events do, so that the copy can still be settled. */
    @Test
    void the_tries_of_all_workers_leave_room_in_the_history() {
        var lambda = new CrowdedLambda(1, 0, BATCHES, OF_EACH);

        assertThat(lambda.run()).isEqualTo(new Outcome.Failed("Lambda.TooManyRequestsException", "Rate Exceeded."));
        assertThat(lambda.events()).isLessThan(MOST_EVENTS);
    }
}
