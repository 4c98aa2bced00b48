package imageferry.copying.ending;

import static imageferry.copying.InMemoryService.OUTAGE;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.copying.CopyStatus;
import imageferry.copying.Executions;
import imageferry.copying.InMemoryService;
import imageferry.copying.RecordedExecutions;
import imageferry.id.CopyId;
import imageferry.image.ImageStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A table that was restored from a backup knows an earlier moment than its buckets. */
class RestoredTableTest {
    private final InMemoryService service = new InMemoryService();
    private final RecordedExecutions executions = new RecordedExecutions();

    /** A copy whose record says Copying again, although its image was available. */
    private CopyId restoredIntoCopying() {
        var copy = service.importing("golden", 1_000);
        var batches = service.begin(copy);
        var backup = service.ledger.contents();
        service.finish(copy, batches);
        service.ledger.replace(backup);
        executions.states.put(copy, Executions.State.SUCCEEDED);
        service.passes(Duration.ofDays(1));
        return copy;
    }

    @Test
    void a_copy_whose_execution_succeeded_becomes_available_again() {
        var copy = restoredIntoCopying();

        var report = service.sweeping(executions).sweep(service.now());

        assertThat(report.failures()).isEmpty();
        assertThat(report.copies().completed()).isEqualTo(1);
        assertThat(service.copies.require(copy).status()).isEqualTo(CopyStatus.AVAILABLE);
        assertThat(service.made(copy).status()).isEqualTo(ImageStatus.AVAILABLE);
        assertThat(service.store.look(service.made(copy).blob())).isPresent();
    }

    @Test
    void a_copy_whose_object_was_deleted_since_ends_as_failed() {
        var copy = restoredIntoCopying();
        service.store.delete(service.copies.require(copy).target());

        var report = service.sweeping(executions).sweep(service.now());

        assertThat(report.failures()).isEmpty();
        assertThat(report.copies().settled()).isEqualTo(1);
        assertThat(service.copies.require(copy).status()).isEqualTo(CopyStatus.FAILED);
    }

    @Test
    void a_copy_that_waits_again_ends_as_failed_and_keeps_its_object() {
        var copy = service.importing("golden", 1_000);
        var backup = service.ledger.contents();
        service.finish(copy);
        var blob = service.made(copy).blob();
        service.ledger.replace(backup);
        executions.states.put(copy, Executions.State.SUCCEEDED);
        service.passes(Duration.ofDays(1));

        var report = service.sweeping(executions).sweep(service.now());

        assertThat(report.failures()).isEmpty();
        assertThat(service.copies.require(copy).status()).isEqualTo(CopyStatus.FAILED);
        assertThat(service.store.look(blob)).isPresent();
    }

    @Test
    void a_copy_that_is_settled_as_failed_keeps_its_finished_object_for_a_week() {
        var copy = restoredIntoCopying();
        var blob = service.copies.require(copy).target();

        service.settling.settle(copy, OUTAGE);

        assertThat(service.copies.require(copy).status()).isEqualTo(CopyStatus.FAILED);
        assertThat(service.store.look(blob)).isPresent();
        assertThat(service.sweeping(executions).sweep(service.now()).bytes().quarantined())
                .isEqualTo(1);
    }

    @Test
    void the_snapshots_of_newer_images_stay_for_a_week() {
        service.image("older");
        var backup = service.ledger.contents();
        var newer = service.image("newer");
        service.ledger.replace(backup);
        service.passes(Duration.ofDays(1));

        var report = service.sweeping(executions).sweep(service.now());

        assertThat(report.bytes().quarantined()).isEqualTo(1);
        assertThat(service.store.look(newer.blob())).isPresent();
    }
}
