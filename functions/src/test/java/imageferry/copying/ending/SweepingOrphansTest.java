package imageferry.copying.ending;

import static imageferry.copying.Ferry.AWAY;
import static imageferry.copying.Ferry.HOME;
import static imageferry.copying.Ferry.OUTAGE;
import static imageferry.copying.Ferry.OWNER;
import static imageferry.copying.Ferry.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.copying.Executions;
import imageferry.copying.Ferry;
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
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SweepingOrphansTest {
    private final Ferry ferry = new Ferry();
    private final RecordedExecutions executions = new RecordedExecutions();
    private final SweepCopies sweeper = ferry.sweeping(executions);

    private SweepReport sweep() {
        var report = sweeper.sweep(ferry.now());
        assertThat(report.failures()).isEmpty();
        return report;
    }

    @Test
    void bytes_that_no_record_names_are_removed_once_they_are_an_hour_old() {
        var lost = Blob.of(AWAY, SnapshotId.madeBy(CopyId.random(ferry.ids)));
        ferry.store.put(lost, Bytes.random(1, 10));
        ferry.store.open(lost);
        ferry.passes(Duration.ofHours(1));
        assertThat(sweep().objects()).isZero();

        ferry.passes(Duration.ofMinutes(1));
        var report = sweep();
        assertThat(report.objects()).isEqualTo(1);
        assertThat(report.uploads()).isEqualTo(1);
        assertThat(ferry.store.look(lost)).isEmpty();
    }

    @Test
    void an_upload_that_a_late_part_brought_back_after_its_abort_is_removed() {
        var copy = ferry.copying(ferry.image("golden"));
        ferry.begin(copy);
        var begun = ferry.copies.require(copy);
        accepted(new CancelCopy(ferry.ledger, ferry.visible, ferry.copies, ferry.clock)
                .cancel(OWNER, begun.image().value()));
        ferry.settling.settle(copy, OUTAGE);
        assertThat(ferry.store.uploads(AWAY, "")).isEmpty();

        ferry.store.landAfterAbort(new PartCopy(
                begun.source().blob(),
                begun.pinned().eTag(),
                begun.target(),
                Objects.requireNonNull(begun.upload()),
                1,
                begun.bytesTotal(),
                null));
        assertThat(ferry.store.uploads(AWAY, "")).hasSize(1);
        ferry.passes(Duration.ofMinutes(61));

        assertThat(sweep().uploads()).isEqualTo(1);
        assertThat(ferry.store.uploads(AWAY, "")).isEmpty();
    }

    @Test
    void objects_without_the_name_of_a_snapshot_are_not_removed() {
        var other = new Blob(HOME, "snapshots/notes.txt");
        ferry.store.put(other, Bytes.random(1, 10));
        ferry.passes(Duration.ofDays(1));

        assertThat(sweep().objects()).isZero();
        assertThat(ferry.store.look(other)).isPresent();
    }

    @Test
    void the_bytes_of_images_and_of_running_copies_stay() {
        var image = ferry.image("golden");
        var running = ferry.copying(image);
        ferry.begin(running);
        executions.states.put(running, Executions.State.RUNNING);
        ferry.passes(Duration.ofDays(10));

        var report = sweep();
        assertThat(report.objects()).isZero();
        assertThat(report.uploads()).isZero();
    }

    @Test
    void the_bytes_of_an_image_that_a_retry_made_stay_with_it() {
        var copy = ferry.copying(ferry.image("golden"));
        ferry.begin(copy);
        ferry.settling.settle(copy, OUTAGE);
        var retry = accepted(ferry.retrying().retry(OWNER, copy.value()));
        ferry.finish(retry);
        ferry.passes(Duration.ofDays(2));

        assertThat(sweep().objects()).isZero();
        assertThat(ferry.store.look(ferry.made(retry).blob())).isPresent();
    }

    @Test
    void a_region_out_of_reach_stops_no_other() {
        var lost = Blob.of(AWAY, SnapshotId.madeBy(CopyId.random(ferry.ids)));
        ferry.store.put(lost, Bytes.random(1, 10));
        ferry.passes(Duration.ofHours(2));
        ferry.store.faults().before(Call.LIST, number -> {
            if (number == 1) {
                throw new StoreUnavailable("Out of reach");
            }
        });

        var report = sweeper.sweep(ferry.now());

        assertThat(report.failures()).singleElement().asString().contains(HOME.name());
        assertThat(report.objects()).isEqualTo(1);
    }

    @Test
    void bytes_in_another_region_than_that_of_their_copy_are_removed() {
        var running = running();
        var elsewhere = new Blob(HOME, ferry.copies.require(running).target().key());
        ferry.store.put(elsewhere, Bytes.random(1, 10));
        ferry.store.open(elsewhere);
        ferry.passes(Duration.ofHours(2));

        var report = sweep();

        assertThat(report.objects()).isEqualTo(1);
        assertThat(report.uploads()).isEqualTo(1);
        assertThat(ferry.store.uploads(AWAY, Blob.SNAPSHOTS)).hasSize(1);
    }

    @Test
    void the_object_of_a_running_copy_stays_until_its_image_is_made() {
        var target = ferry.copies.require(running()).target();
        ferry.store.put(target, Bytes.random(1, 10));
        ferry.passes(Duration.ofHours(2));

        assertThat(sweep().objects()).isZero();
        assertThat(ferry.store.look(target)).isPresent();
    }

    @Test
    void the_object_of_a_failed_copy_stays_only_while_a_retry_can_take_over_its_upload() {
        var resumable = running();
        ferry.settling.settle(resumable, OUTAGE);
        ferry.store.put(ferry.copies.require(resumable).target(), Bytes.random(1, 10));
        ferry.passes(Duration.ofHours(2));
        assertThat(sweep().objects()).isZero();

        ferry.passes(Duration.ofHours(24));
        var report = sweep();

        assertThat(report.expired()).isEqualTo(1);
        assertThat(report.objects()).isEqualTo(1);
    }

    @Test
    void the_object_of_an_image_without_a_record_is_removed() {
        var image = ferry.image("golden");
        ferry.ledger.commit(List.of(Write.delete(Images.key(image.id()))));
        ferry.passes(Duration.ofHours(2));

        assertThat(sweep().objects()).isEqualTo(1);
        assertThat(ferry.store.look(image.blob())).isEmpty();
    }

    @Test
    void an_upload_without_the_name_of_a_snapshot_is_not_aborted() {
        ferry.store.open(new Blob(HOME, "snapshots/notes.txt"));
        ferry.passes(Duration.ofDays(1));

        assertThat(sweep().uploads()).isZero();
        assertThat(ferry.store.uploads(HOME, "snapshots/notes.txt")).hasSize(1);
    }

    private CopyId running() {
        var running = ferry.copying(ferry.image("golden"));
        ferry.begin(running);
        executions.states.put(running, Executions.State.RUNNING);
        return running;
    }
}
