package imageferry.copying.ending;

import static imageferry.copying.InMemoryService.OWNER;
import static imageferry.copying.InMemoryService.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.bucket.Confirmation;
import imageferry.bucket.Decision;
import imageferry.copying.Copies;
import imageferry.copying.CopyStatus;
import imageferry.copying.InMemoryService;
import imageferry.copying.Reason;
import imageferry.copying.RecordedExecutions;
import imageferry.image.Removal;
import imageferry.ledger.Change;
import imageferry.ledger.Condition;
import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.ledger.Write;
import imageferry.snapshot.Blob;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** After a restore, nothing that the table recorded before is deleted until the operator has confirmed it. */
class UnconfirmedRestoreTest {
    private static final Duration LONG = Duration.ofDays(30);

    private final InMemoryService service = new InMemoryService();
    private final RecordedExecutions executions = new RecordedExecutions();

    private void restored(Map<Key, Item> backup) {
        service.ledger.replace(backup);
        service.ledger.commit(List.of(Write.update(
                new Key("LEDGER", "LEDGER"),
                Condition.exists(),
                Change.put("restoredAt", service.now().toString()))));
        service.passes(Duration.ofMinutes(76));
    }

    private SweepReport swept() {
        return service.sweeping(executions).sweep(service.now());
    }

    private void sweptForAMonth() {
        for (var day = 0; day < 30; day++) {
            assertThat(swept().failures()).isEmpty();
            assertThat(service.removals().finishAll(service.now()).failures()).isEmpty();
            service.passes(Duration.ofDays(1));
        }
    }

    private Decision confirmed(@Nullable Integer count) {
        return service.app.forEvents().confirmRestore().confirm(new Confirmation("restore", count));
    }

    private boolean exists(Blob blob) {
        return service.store.look(blob).isPresent();
    }

    @Test
    void the_snapshot_of_a_newer_image_is_kept_and_described_until_the_restore_is_confirmed() {
        service.image("older");
        var backup = service.ledger.contents();
        var newer = service.image("newer");
        restored(backup);

        sweptForAMonth();
        assertThat(exists(newer.blob())).isTrue();

        assertThat(confirmed(null).message())
                .contains("1 snapshot is not needed by it", "./stacks restore --confirm 1");
        assertThat(confirmed(null).objects())
                .containsExactly(newer.blob().key() + " in us-east-1, 1,000 bytes, image " + newer.id()
                        + ", name newer, owner 222222222222");
        assertThat(confirmed(0).done()).isFalse();
        sweptForAMonth();
        assertThat(exists(newer.blob())).isTrue();

        assertThat(confirmed(1).done()).isTrue();
        sweptForAMonth();
        assertThat(exists(newer.blob())).isFalse();
    }

    @Test
    void a_cancel_of_a_copy_that_was_finished_before_the_restore_keeps_its_object() {
        var copy = service.importing("golden", 1_000);
        var batches = service.begin(copy);
        var backup = service.ledger.contents();
        service.finish(copy, batches);
        var blob = service.made(copy).blob();
        restored(backup);

        var cancelled = new Reason(Reason.CANCELLED, "Cancelled by its owner");
        var record = service.copies.require(copy);
        service.ledger.commit(List.of(Copies.decided(record, CopyStatus.CANCELLING, cancelled, "ada", service.now())));
        service.settling.settle(copy, cancelled);

        assertThat(service.copies.require(copy).status()).isEqualTo(CopyStatus.CANCELLED);
        sweptForAMonth();
        assertThat(exists(blob)).isTrue();
    }

    @Test
    void an_image_that_was_being_deleted_keeps_its_bytes_until_the_restore_is_confirmed() {
        var image = service.image("golden");
        service.ledger.commit(List.of(Removal.decided(image, false, "ada", service.now())));
        restored(service.ledger.contents());

        service.passes(LONG);
        assertThat(service.removals().finishAll(service.now()).images()).isZero();
        assertThat(exists(image.blob())).isTrue();
        assertThat(confirmed(null).objects())
                .singleElement()
                .asString()
                .startsWith(image.blob().key());

        assertThat(confirmed(1).done()).isTrue();
        assertThat(service.removals().finishAll(service.now()).images()).isEqualTo(1);
        assertThat(exists(image.blob())).isFalse();
    }

    @Test
    void an_upload_that_was_open_at_the_restore_is_kept() {
        var backup = service.ledger.contents();
        service.passes(Duration.ofMinutes(1));
        var copy = service.importing("golden", 1_000);
        service.begin(copy);
        var target = service.copies.require(copy).target();
        restored(backup);

        sweptForAMonth();
        assertThat(service.store.uploads(target.region(), target.key())).hasSize(1);

        assertThat(confirmed(0).done()).isTrue();
        assertThat(swept().bytes().uploads()).isEqualTo(1);
    }

    @Test
    void a_deletion_after_the_restore_deletes_the_bytes() {
        var image = service.image("golden");
        restored(service.ledger.contents());

        accepted(service.deleting().delete(OWNER, image.id().value(), false));

        assertThat(exists(image.blob())).isFalse();
    }

    @Test
    void a_restore_is_not_confirmed_before_its_list_is_complete() {
        restored(service.ledger.contents());
        service.passes(Duration.ofMinutes(-10));

        assertThat(confirmed(0).done()).isFalse();
        assertThat(confirmed(0).message()).contains("the list is complete from 2026-01-01T01:15:00Z on");
    }

    @Test
    void without_a_restore_there_is_nothing_to_confirm() {
        assertThat(confirmed(0))
                .isEqualTo(new Decision(false, List.of(), "No restore of the table waits for a confirmation"));
    }

    @Test
    void a_confirmation_does_not_end_a_later_restore() {
        restored(service.ledger.contents());
        var identity = service.app.ownership().identity();
        var first = identity.restoredAt().orElseThrow();
        restored(service.ledger.contents());

        assertThat(identity.confirmRestore(first)).isFalse();
        assertThat(identity.restoredAt()).isPresent();
    }
}
