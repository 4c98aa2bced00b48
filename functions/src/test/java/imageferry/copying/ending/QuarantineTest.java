package imageferry.copying.ending;

import static imageferry.copying.InMemoryService.AWAY;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.copying.InMemoryService;
import imageferry.copying.RecordedExecutions;
import imageferry.id.CopyId;
import imageferry.id.SnapshotId;
import imageferry.image.Image;
import imageferry.image.Images;
import imageferry.ledger.Condition;
import imageferry.ledger.Item;
import imageferry.ledger.Write;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Nothing is deleted that is needed again, or on the word of one record alone. */
class QuarantineTest {
    private final InMemoryService service = new InMemoryService();
    private final SweepCopies sweeper = service.sweeping(new RecordedExecutions());

    private SweepReport sweep() {
        return sweeper.sweep(service.now());
    }

    private Blob orphan(int number) {
        var blob = Blob.of(AWAY, SnapshotId.madeBy(CopyId.random(service.ids)));
        service.store.put(blob, Bytes.random(number, 10));
        return blob;
    }

    private List<Blob> orphans(int count) {
        return IntStream.range(0, count).mapToObj(this::orphan).toList();
    }

    private Item loseRecord(Image image) {
        var record = service.ledger.read(Images.key(image.id())).orElseThrow();
        service.ledger.commit(List.of(Write.delete(Images.key(image.id()))));
        return record;
    }

    @Test
    void a_snapshot_that_is_needed_again_leaves_the_quarantine_and_its_time_starts_anew() {
        var image = service.image("golden");
        var record = loseRecord(image);
        service.passes(Duration.ofHours(2));
        assertThat(sweep().bytes().quarantined()).isEqualTo(1);

        service.passes(Duration.ofDays(6));
        service.ledger.commit(List.of(new Write.Put(Images.key(image.id()), record, Condition.absent())));
        sweep();
        assertThat(service.store.tags(image.blob())).isEmpty();

        loseRecord(service.image(image.id()));
        service.passes(Duration.ofDays(2));
        assertThat(sweep().bytes().quarantined()).isEqualTo(1);
        service.passes(Duration.ofDays(6));
        assertThat(sweep().bytes().objects()).isZero();
        assertThat(service.store.look(image.blob())).isPresent();
    }

    @Test
    void a_snapshot_whose_tag_says_otherwise_than_its_record_starts_its_time_again() {
        var lost = orphan(1);
        service.passes(Duration.ofHours(2));
        sweep();
        service.store.tag(
                lost, Map.of(Quarantine.TAG, service.now().minusSeconds(1).toString()));

        service.passes(Duration.ofDays(8));
        assertThat(sweep().bytes().objects()).isZero();
        assertThat(service.store.tags(lost))
                .containsEntry(Quarantine.TAG, service.now().toString());

        service.passes(Duration.ofDays(8));
        assertThat(sweep().bytes().objects()).isEqualTo(1);
    }

    @Test
    void more_than_twenty_new_orphans_stop_the_sweep_of_their_region() {
        var all = orphans(21);
        service.passes(Duration.ofHours(2));

        var report = sweep();

        assertThat(report.bytes().quarantined()).isZero();
        assertThat(report.failures())
                .singleElement()
                .asString()
                .contains("21 of the 21 snapshots in eu-west-1", "--confirm 21");
        assertThat(all).allSatisfy(blob -> assertThat(service.store.tags(blob)).isEmpty());
    }

    @Test
    void half_of_four_snapshots_stop_it_and_one_of_four_does_not() {
        var image = service.image("golden");
        service.finish(service.copying(image));
        orphan(1);
        service.passes(Duration.ofHours(2));
        assertThat(sweep().bytes().quarantined()).isEqualTo(1);

        orphans(2);
        service.passes(Duration.ofHours(2));
        var report = sweep();

        assertThat(report.bytes().quarantined()).isZero();
        assertThat(report.failures()).singleElement().asString().contains("2 of the 4 snapshots");
    }

    @Test
    void the_remains_of_failed_copies_do_not_stop_it() {
        for (var number = 0; number < 5; number++) {
            var copy = service.importing("failed-" + number, 1_000);
            service.begin(copy);
            var target = service.copies.require(copy).target();
            service.store.abort(
                    target,
                    service.store
                            .uploads(target.region(), target.key())
                            .getFirst()
                            .id());
            service.store.put(target, Bytes.random(number, 10));
            service.settling.settle(copy, InMemoryService.OUTAGE);
        }
        service.passes(Duration.ofHours(2));

        var report = sweep();

        assertThat(report.failures()).isEmpty();
        assertThat(report.bytes().quarantined()).isEqualTo(5);
    }

    @Test
    void confirmed_orphans_are_deleted_after_a_week() {
        var all = orphans(30);
        service.passes(Duration.ofHours(2));
        var orphans = service.app.forEvents().sweepOrphans();
        assertThat(orphans.found(AWAY, service.now())).containsExactlyInAnyOrderElementsOf(all);

        orphans.confirm(all, service.now());

        assertThat(sweep().failures()).isEmpty();
        service.passes(Duration.ofDays(8));
        assertThat(sweep().bytes().objects()).isEqualTo(30);
    }
}
