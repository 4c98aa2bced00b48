package imageferry.copying.ending;

import static imageferry.copying.InMemoryService.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.copying.InMemoryService;
import imageferry.copying.RecordedExecutions;
import imageferry.id.CopyId;
import imageferry.id.ImageId;
import imageferry.id.SnapshotId;
import imageferry.image.Images;
import imageferry.ledger.Condition;
import imageferry.ledger.Key;
import imageferry.ledger.Write;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Bytes;
import imageferry.snapshot.Faults.Call;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The sweeper asks a bucket once an hour, and for a twenty-fourth of its snapshots when they are many. */
class SlicesTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final InMemoryService service = new InMemoryService();
    private final SweepCopies sweeper = service.sweeping(new RecordedExecutions());

    @BeforeEach
    void manySnapshots() {
        var copy = service.importing("golden", 1_000);
        service.finish(copy);
        var record = service.ledger.read(InMemoryService.recordOf(copy)).orElseThrow();
        var image = service.ledger.read(Images.key(service.made(copy).id())).orElseThrow();
        for (var number = 0; number < 1_199; number++) {
            var id = CopyId.random(service.ids);
            var made = ImageId.random(service.ids);
            service.ledger.commit(List.of(
                    new Write.Put(
                            new Key("COPY#" + id, "COPY"),
                            record.with("copyId", id.value())
                                    .with("imageId", made.value())
                                    .with("snapshotId", SnapshotId.madeBy(id).value()),
                            Condition.absent()),
                    new Write.Put(Images.key(made), image.with("imageId", made.value()), Condition.absent())));
            put(id);
        }
        service.passes(Duration.ofHours(2));
    }

    private Blob put(CopyId madeBy) {
        var blob = Blob.of(HOME, SnapshotId.madeBy(madeBy));
        service.store.put(blob, Bytes.random(1, 10));
        return blob;
    }

    private List<Blob> orphans(int count) {
        var all = Stream.generate(() -> put(CopyId.random(service.ids)))
                .limit(count)
                .toList();
        service.passes(Duration.ofHours(2));
        return all;
    }

    private SweepReport sweepAnHourLater() {
        service.passes(HOUR);
        return sweeper.sweep(service.now());
    }

    private int listings(Runnable act) {
        var before = service.store.faults().count(Call.LIST);
        act.run();
        return service.store.faults().count(Call.LIST) - before;
    }

    @Test
    void a_bucket_is_looked_at_once_an_hour_by_few_requests() {
        // Two regions, each with one page of snapshots and its uploads; and the slice of the one with more than a page.
        assertThat(listings(() -> sweeper.sweep(service.now()))).isEqualTo(5);

        service.passes(Duration.ofMinutes(55));
        assertThat(listings(() -> sweeper.sweep(service.now()))).isZero();

        service.passes(Duration.ofMinutes(5));
        assertThat(listings(() -> sweeper.sweep(service.now()))).isEqualTo(5);
    }

    @Test
    void every_snapshot_is_looked_at_once_a_day() {
        var lost = orphans(10);

        var quarantined = IntStream.range(0, Slice.COUNT)
                .map(hour -> sweepAnHourLater().bytes().quarantined())
                .toArray();

        assertThat(quarantined).contains(0);
        assertThat(IntStream.of(quarantined).sum()).isEqualTo(10);
        assertThat(lost).allSatisfy(blob -> assertThat(service.store.tags(blob)).containsKey(Quarantine.TAG));
        assertThat(IntStream.range(0, Slice.COUNT)
                        .map(hour -> sweepAnHourLater().bytes().quarantined()))
                .containsOnly(0);
    }

    @Test
    void everything_is_looked_at_when_the_operator_asks_for_it() {
        orphans(10);
        sweeper.sweep(service.now());

        assertThat(sweeper.sweep(service.now(), true).bytes().quarantined()
                        + service.store.faults().count(Call.TAG))
                .isGreaterThanOrEqualTo(10);
        assertThat(service.store.list(HOME, Blob.SNAPSHOTS).stream()
                        .filter(stored -> !service.store.tags(stored.blob()).isEmpty()))
                .hasSize(10);
    }

    @Test
    void the_orphans_of_a_day_count_together_as_those_of_one_look() {
        // 5 % of 1,280 are 64, and no slice has more than 20 of the 80.
        var lost = orphans(80);

        var failures = IntStream.range(0, Slice.COUNT)
                .mapToObj(hour -> sweepAnHourLater().failures())
                .flatMap(List::stream)
                .toList();

        assertThat(failures).isNotEmpty().allMatch(failure -> failure.contains("have no image in the table"));
        assertThat(lost.stream()
                        .filter(blob -> !service.store.tags(blob).isEmpty())
                        .count())
                .isLessThanOrEqualTo(64);
    }

    @Test
    void a_slice_that_failed_is_looked_at_again_by_the_next_sweep() {
        orphans(700);
        assertThat(sweeper.sweep(service.now()).failures()).hasSize(1);

        service.passes(Duration.ofMinutes(5));

        assertThat(sweeper.sweep(service.now()).failures()).hasSize(1);
    }

    @Test
    void a_due_snapshot_of_any_slice_is_deleted() {
        var lost = orphans(3);
        sweeper.sweep(service.now(), true);
        service.passes(Quarantine.GRACE.plusMinutes(1));

        assertThat(sweeper.sweep(service.now()).bytes().objects()).isEqualTo(3);
        assertThat(lost).allSatisfy(blob -> assertThat(service.store.look(blob)).isEmpty());
    }

    @Test
    void a_snapshot_in_quarantine_that_no_longer_exists_is_forgotten() {
        var lost = orphans(1).getFirst();
        sweeper.sweep(service.now(), true);
        service.store.delete(lost);
        service.passes(Quarantine.GRACE.plusMinutes(1));

        assertThat(sweeper.sweep(service.now()).bytes().objects()).isZero();
        assertThat(new Quarantine(service.ledger, service.store).of(HOME)).isEmpty();
    }

    @Test
    void the_finished_snapshot_of_a_failed_copy_is_found_when_its_time_for_a_retry_is_over() {
        var copy = service.importing("failed", 1_000);
        service.begin(copy);
        var target = service.copies.require(copy).target();
        service.settling.settle(copy, InMemoryService.OUTAGE);
        service.store.put(target, Bytes.random(1, 10));
        sweeper.sweep(service.now());
        service.passes(Duration.ofDays(2));

        sweeper.sweep(service.now());

        assertThat(service.store.tags(target))
                .isEqualTo(Map.of(Quarantine.TAG, service.now().toString()));
    }

    @Test
    void each_id_belongs_to_one_slice_and_they_are_about_the_same() {
        var counts = Slice.each().stream()
                .map(slice -> Stream.generate(() -> Blob.of(HOME, SnapshotId.madeBy(CopyId.random(service.ids)))
                                .key())
                        .limit(24_000)
                        .filter(key -> key.compareTo(slice.after()) > 0 && slice.reaches(key))
                        .count())
                .toList();

        assertThat(counts)
                .hasSize(Slice.COUNT)
                .allSatisfy(count -> assertThat(count).isBetween(800L, 1_200L));
        for (var number = 1; number < Slice.COUNT; number++) {
            assertThat(Slice.each().get(number).after())
                    .isEqualTo(Slice.each().get(number - 1).last());
        }
    }
}
