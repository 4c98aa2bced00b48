package imageferry.copying.ending;

import static imageferry.copying.InMemoryService.AWAY;
import static imageferry.copying.InMemoryService.HOME;
import static imageferry.copying.InMemoryService.OUTAGE;
import static imageferry.copying.InMemoryService.OWNER;
import static imageferry.copying.InMemoryService.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.copying.Executions;
import imageferry.copying.InMemoryService;
import imageferry.copying.RecordedExecutions;
import imageferry.copying.request.CancelCopy;
import imageferry.id.CopyId;
import imageferry.id.SnapshotId;
import imageferry.image.Images;
import imageferry.ledger.Write;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Bytes;
import imageferry.snapshot.Faults.Call;
import imageferry.snapshot.PartCopy;
import imageferry.snapshot.StoreUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SweepingOrphansTest {
    private final InMemoryService service = new InMemoryService();
    private final RecordedExecutions executions = new RecordedExecutions();
    private final SweepCopies sweeper = service.sweeping(executions);

    private SweepReport sweep() {
        var report = sweeper.sweep(service.now());
        assertThat(report.failures()).isEmpty();
        return report;
    }

    /** Returns the report of the sweep that deletes what the sweep before it put into quarantine. */
    private SweepReport sweepAWeekLater() {
        service.passes(Quarantine.GRACE.plusMinutes(1));
        return sweep();
    }

    @Test
    void bytes_that_no_record_names_are_deleted_after_an_hour_and_a_week() {
        var lost = Blob.of(AWAY, SnapshotId.madeBy(CopyId.random(service.ids)));
        service.store.put(lost, Bytes.random(1, 10));
        service.store.open(lost, Map.of());
        service.passes(Duration.ofHours(1));
        assertThat(sweep().bytes().objects()).isZero();

        service.passes(Looks.BETWEEN);
        var report = sweep();
        assertThat(report.bytes().quarantined()).isEqualTo(1);
        assertThat(report.bytes().uploads()).isEqualTo(1);
        assertThat(service.store.tags(lost))
                .containsEntry(Quarantine.TAG, service.now().toString());

        service.passes(Quarantine.GRACE);
        assertThat(sweep().bytes().objects()).isZero();
        service.passes(Looks.BETWEEN);
        assertThat(sweep().bytes().objects()).isEqualTo(1);
        assertThat(service.store.look(lost)).isEmpty();
        assertThat(sweep()).isEqualTo(SweepReport.NOTHING);
    }

    @Test
    void an_upload_that_a_late_part_brought_back_after_its_abort_is_removed() {
        var copy = service.copying(service.image("golden"));
        service.begin(copy);
        var begun = service.copies.require(copy);
        accepted(new CancelCopy(service.ledger, service.visible, service.copies, service.clock)
                .cancel(OWNER, begun.image().value()));
        service.settling.settle(copy, OUTAGE);
        assertThat(service.store.uploads(AWAY, "")).isEmpty();

        service.store.landAfterAbort(new PartCopy(
                begun.source().blob(),
                begun.pinned().eTag(),
                begun.target(),
                Objects.requireNonNull(begun.upload()),
                1,
                begun.bytesTotal(),
                null));
        assertThat(service.store.uploads(AWAY, "")).hasSize(1);
        service.passes(Duration.ofMinutes(61));

        assertThat(sweep().bytes().uploads()).isEqualTo(1);
        assertThat(service.store.uploads(AWAY, "")).isEmpty();
    }

    @Test
    void objects_without_the_name_of_a_snapshot_are_not_removed() {
        var other = new Blob(HOME, "snapshots/notes.txt");
        service.store.put(other, Bytes.random(1, 10));
        service.passes(Duration.ofDays(1));

        assertThat(sweep().bytes().quarantined()).isZero();
        assertThat(service.store.look(other)).isPresent();
    }

    @Test
    void the_bytes_of_images_and_of_running_copies_stay() {
        var image = service.image("golden");
        var running = service.copying(image);
        service.begin(running);
        executions.states.put(running, Executions.State.RUNNING);
        service.passes(Duration.ofDays(10));

        var report = sweep();
        assertThat(report.bytes().quarantined()).isZero();
        assertThat(report.bytes().uploads()).isZero();
    }

    @Test
    void the_bytes_of_an_image_that_a_retry_made_stay_with_it() {
        var copy = service.copying(service.image("golden"));
        service.begin(copy);
        service.settling.settle(copy, OUTAGE);
        var retry = accepted(service.retrying().retry(OWNER, copy.value()));
        service.finish(retry);
        service.passes(Duration.ofDays(2));

        assertThat(sweep().bytes().quarantined()).isZero();
        assertThat(service.store.look(service.made(retry).blob())).isPresent();
    }

    @Test
    void a_region_out_of_reach_stops_no_other() {
        var lost = Blob.of(AWAY, SnapshotId.madeBy(CopyId.random(service.ids)));
        service.store.put(lost, Bytes.random(1, 10));
        service.passes(Duration.ofHours(2));
        service.store.faults().before(Call.LIST, number -> {
            if (number == 1) {
                throw new StoreUnavailable("Out of reach");
            }
        });

        var report = sweeper.sweep(service.now());

        assertThat(report.failures()).singleElement().asString().contains(HOME.name());
        assertThat(report.bytes().quarantined()).isEqualTo(1);
    }

    @Test
    void bytes_in_another_region_than_that_of_their_copy_are_removed() {
        var running = running();
        var elsewhere = new Blob(HOME, service.copies.require(running).target().key());
        service.store.put(elsewhere, Bytes.random(1, 10));
        service.store.open(elsewhere, Map.of());
        service.passes(Duration.ofHours(2));

        var report = sweep();

        assertThat(report.bytes().quarantined()).isEqualTo(1);
        assertThat(report.bytes().uploads()).isEqualTo(1);
        assertThat(service.store.uploads(AWAY, Blob.SNAPSHOTS)).hasSize(1);
    }

    @Test
    void the_object_of_a_running_copy_stays_until_its_image_is_made() {
        var target = service.copies.require(running()).target();
        service.store.put(target, Bytes.random(1, 10));
        service.passes(Duration.ofHours(2));

        assertThat(sweep().bytes().quarantined()).isZero();
        assertThat(service.store.look(target)).isPresent();
    }

    @Test
    void the_object_of_a_failed_copy_stays_only_while_a_retry_can_take_over_its_upload() {
        var resumable = running();
        service.settling.settle(resumable, OUTAGE);
        service.store.put(service.copies.require(resumable).target(), Bytes.random(1, 10));
        service.passes(Duration.ofHours(2));
        assertThat(sweep().bytes().quarantined()).isZero();

        service.passes(Duration.ofHours(24));
        var report = sweep();

        assertThat(report.bytes().expired()).isEqualTo(1);
        assertThat(report.bytes().quarantined()).isEqualTo(1);
        assertThat(sweepAWeekLater().bytes().objects()).isEqualTo(1);
    }

    @Test
    void the_object_of_an_image_without_a_record_is_removed() {
        var image = service.image("golden");
        service.ledger.commit(List.of(Write.delete(Images.key(image.id()))));
        service.passes(Duration.ofHours(2));

        assertThat(sweep().bytes().quarantined()).isEqualTo(1);
        assertThat(sweepAWeekLater().bytes().objects()).isEqualTo(1);
        assertThat(service.store.look(image.blob())).isEmpty();
    }

    @Test
    void an_upload_without_the_name_of_a_snapshot_is_not_aborted() {
        service.store.open(new Blob(HOME, "snapshots/notes.txt"), Map.of());
        service.passes(Duration.ofDays(1));

        assertThat(sweep().bytes().uploads()).isZero();
        assertThat(service.store.uploads(HOME, "snapshots/notes.txt")).hasSize(1);
    }

    private CopyId running() {
        var running = service.copying(service.image("golden"));
        service.begin(running);
        executions.states.put(running, Executions.State.RUNNING);
        return running;
    }
}
