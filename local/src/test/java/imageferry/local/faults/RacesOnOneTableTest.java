package imageferry.local.faults;

import static imageferry.local.faults.WorkflowSteps.OUTAGE;
import static imageferry.local.faults.WorkflowSteps.OWNER;
import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.copying.Copy;
import imageferry.copying.CopyStatus;
import imageferry.copying.Step;
import imageferry.image.ImageStatus;
import imageferry.rule.Result;
import imageferry.simulation.RecordInvariants;
import imageferry.snapshot.InMemorySnapshotStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Parallel threads on one real table: every race has one outcome, and the records agree. */
@Timeout(120)
@Tag("slow")
final class RacesOnOneTableTest {
    private static final int THREADS = 8;

    private final EmptyTable table = new EmptyTable();
    private final AtomicLong ticks = new AtomicLong();
    /** Never returns the same time twice, so that times show the order. */
    private final InstantSource clock =
            () -> Instant.parse("2026-01-01T00:00:00Z").plusMillis(ticks.incrementAndGet());

    private final InMemorySnapshotStore bytes = new InMemorySnapshotStore(clock);
    private final Random random = new Random(1);

    private WorkflowSteps scene(long slots) {
        var service = new Service(
                table.ledger(), bytes, new RecordedExecutions(), clock, random, Service.APPROVAL_ABOVE, slots);
        return new WorkflowSteps(service, bytes);
    }

    @Test
    void a_cancel_and_the_completion_have_one_outcome() throws Exception {
        var scene = scene(1);
        var source = scene.image("golden");
        try (var threads = Executors.newFixedThreadPool(2)) {
            for (var round = 0; round < 20; round++) {
                var copy = scene.copying(source, "round-" + round);
                scene.complete(copy);
                var target = scene.made(copy).id().value();
                var start = new CyclicBarrier(2);

                Callable<Object> completion = () -> {
                    start.await();
                    return scene.service().workflow.createImage().create(copy);
                };
                var created = threads.submit(completion);
                start.await();
                var cancelled = scene.service().api.cancelCopy().cancel(OWNER, target);
                created.get();
                var end = scene.service().workflow.settleCopy().settle(copy, OUTAGE);

                assertThat(end)
                        .isEqualTo(cancelled instanceof Result.Accepted ? CopyStatus.CANCELLED : CopyStatus.AVAILABLE);
                var image = scene.made(copy);
                assertThat(image.status())
                        .isEqualTo(end == CopyStatus.AVAILABLE ? ImageStatus.AVAILABLE : ImageStatus.UNAVAILABLE);
                assertThat(bytes.look(image.blob()).isPresent()).isEqualTo(end == CopyStatus.AVAILABLE);
            }
        }
        new RecordInvariants(table.items(), bytes).agree();
    }

    @Test
    void many_grants_at_once_never_exceed_the_limit_and_keep_the_order() throws Exception {
        var full = scene(1);
        var source = full.image("golden");
        var copies = IntStream.range(0, 20)
                .mapToObj(each -> full.copying(source, "copy-" + each))
                .toList();
        copies.forEach(full::queue);
        var scene = scene(2);
        Callable<Integer> work = () -> {
            var most = 0;
            while (copies.stream().anyMatch(copy -> !scene.now(copy).status().ended())) {
                scene.service().app.grantSlots().grant(Service.AWAY);
                var holders = scene.service().app.slots().holders(Service.AWAY);
                most = Math.max(most, holders.size());
                for (var holder : holders) {
                    scene.service().workflow.settleCopy().settle(holder, OUTAGE);
                }
            }
            return most;
        };

        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            for (var most : threads.invokeAll(Collections.nCopies(THREADS, work))) {
                assertThat(most.get()).isBetween(0, 2);
            }
        }

        assertThat(copies.stream()
                        .map(scene::now)
                        .sorted(comparing(RacesOnOneTableTest::granted))
                        .map(Copy::id))
                .containsExactlyElementsOf(copies);
        new RecordInvariants(table.items(), bytes).agree();
    }

    private static Instant granted(Copy copy) {
        return Objects.requireNonNull(copy.workflow().steps().get(Step.START_SNAPSHOT_COPY));
    }
}
