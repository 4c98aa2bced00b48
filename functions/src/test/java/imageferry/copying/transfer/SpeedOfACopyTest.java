package imageferry.copying.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.copying.BatchReport;
import imageferry.copying.Copy;
import imageferry.copying.CopyScene;
import imageferry.copying.InMemoryService;
import imageferry.copying.Progress;
import imageferry.copying.Progress.Arrived;
import imageferry.copying.StepResult;
import imageferry.copying.TestClock;
import imageferry.copying.Throughput;
import imageferry.copying.queue.SlotUse;
import imageferry.copying.queue.Slots;
import imageferry.region.Region;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Bytes;
import imageferry.snapshot.Faults.Call;
import imageferry.snapshot.InMemorySnapshotStore;
import imageferry.snapshot.PartPlan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The current rate of a copy, from the reports of its workers. */
class SpeedOfACopyTest {
    private static final Blob SOURCE = new Blob(CopyScene.HOME, "snapshots/s-aaaaaaaaaaaaaaaaa");
    private static final Region OTHER = new Region("ap-east-1");
    private static final Arrived SOME = new Arrived(100, 0, 0);

    private final TestClock clock = new TestClock();
    private final InMemorySnapshotStore store = new InMemorySnapshotStore(clock);
    private final CopyScene scene = new CopyScene(store, clock);
    private final Progress progress = new Progress(scene.ledger());

    @Test
    void a_report_in_the_future_of_a_clock_that_was_set_back_has_no_rate() {
        var copy = copy();
        says(copy, 1, 400);
        clock.advance(Duration.ofHours(-1));

        assertThat(rate(copy)).isEmpty();
    }

    @Test
    void a_clock_that_is_set_back_does_not_stop_the_reports() {
        var copy = copy();
        var batch = copy.plan().batches().findFirst().orElseThrow();
        var reports = new BatchProgress(
                progress,
                copy,
                batch,
                0,
                new PartCopier(store, copy, IntStream.empty(), 0),
                new RateMeter(null),
                new RouteRates(new Slots(scene.ledger())),
                clock);
        assertThat(reports.isDue()).isFalse();

        clock.advance(Duration.ofHours(-1));

        assertThat(reports.isDue()).isTrue();
        assertThat(reports.isDue()).isFalse();
    }

    @Test
    void it_is_the_sum_of_all_workers() {
        var copy = copy();
        says(copy, 1, 400);
        says(copy, 2, 300);

        assertThat(rate(copy)).hasValue(700L);
        assertThat(progress.of(copy.id()).stream()).hasValue(new Throughput(16, 2_000));
    }

    @Test
    void a_worker_without_reports_for_half_a_minute_moves_nothing() {
        var copy = copy();
        says(copy, 1, 400);
        clock.advance(Duration.ofSeconds(20));
        says(copy, 2, 300);
        assertThat(rate(copy)).hasValue(700L);
        clock.advance(Duration.ofSeconds(10));
        assertThat(rate(copy)).hasValue(300L);
        clock.advance(Duration.ofSeconds(20));

        assertThat(rate(copy)).isEmpty();
    }

    @Test
    void a_worker_with_its_first_parts_in_progress_reports_the_remembered_rate() {
        var copy = copy();
        var batch = scene.started(copy).getFirst();
        scene.streamsMoved(1_000);
        var seen = new AtomicLong();
        store.faults().before(Call.COPY_PART, number -> {
            clock.advance(Duration.ofSeconds(2));
            var latest = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (rate(copy).isEmpty() && System.nanoTime() < latest) {
                LockSupport.parkNanos(1_000_000);
            }
            seen.compareAndSet(0, rate(copy).orElse(-1L));
        });

        assertThat(scene.copyParts(copy, batch)).isEqualTo(new StepResult.Done<>(true));
        assertThat(seen.get()).isIn(1_000L, 2_000L);
        assertThat(rate(copy)).as("nothing is in progress any more").isEmpty();
    }

    @Test
    void many_workers_together_report_at_most_four_times_a_second() {
        assertThat(BatchProgress.between(new PartPlan(2 * CopyScene.PART, CopyScene.PART)))
                .isEqualTo(Duration.ofSeconds(2));
        assertThat(BatchProgress.between(new PartPlan(1_280 * CopyScene.PART, CopyScene.PART)))
                .as("40 workers")
                .isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void the_route_remembers_the_rates_of_its_copies() {
        var service = new InMemoryService();
        assertThat(service.slots.use(InMemoryService.AWAY).stream(InMemoryService.HOME))
                .isEmpty();
        service.finish(service.copying(service.image("golden", 6 << 20)));

        assertThat(service.slots.use(InMemoryService.AWAY).stream(InMemoryService.HOME))
                .hasValueSatisfying(throughput -> assertThat(throughput.bytes()).isEqualTo(5 << 20));
        assertThat(service.slots.use(InMemoryService.AWAY).stream(InMemoryService.AWAY))
                .isEmpty();
    }

    @Test
    void two_routes_to_one_region_are_remembered_apart() {
        var slots = new Slots(scene.ledger());
        scene.streamsMoved(5_000);
        var other = scene.copying(otherSource(), CopyScene.PART, CopyScene.FAR);
        var before = slots.use(CopyScene.FAR);
        ends(copy(), before, new Throughput(10_000, 1_000));
        ends(other, before, new Throughput(7_000, 1_000));

        var now = slots.use(CopyScene.FAR);
        assertThat(now.stream(CopyScene.HOME).orElseThrow().bytesPerSecond()).isGreaterThan(5_000);
        assertThat(now.stream(OTHER).orElseThrow().bytesPerSecond()).isEqualTo(7_000);
    }

    private void ends(Copy copy, SlotUse before, Throughput stream) {
        scene.ledger().commit(List.of(Slots.released(copy, before, new Throughput(1, 1), stream)));
    }

    private Blob otherSource() {
        var source = new Blob(OTHER, SOURCE.key());
        store.put(source, Bytes.random(1, 1_000));
        return source;
    }

    private Copy copy() {
        store.put(SOURCE, Bytes.random(1, (int) (2 * CopyScene.PART)));
        return scene.copying(SOURCE, CopyScene.PART, CopyScene.FAR);
    }

    private void says(Copy copy, int batch, long bytesPerSecond) {
        progress.report(
                copy.id(), batch, new BatchReport(SOME, clock.instant(), bytesPerSecond, new Throughput(8, 1_000)));
    }

    private Optional<Long> rate(Copy copy) {
        return progress.of(copy.id()).bytesPerSecond(clock.instant());
    }
}
