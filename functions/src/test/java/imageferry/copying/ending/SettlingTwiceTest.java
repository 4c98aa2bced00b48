package imageferry.copying.ending;

import static imageferry.copying.InMemoryService.OUTAGE;
import static imageferry.copying.InMemoryService.OWNER;
import static imageferry.copying.InMemoryService.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.copying.CopyStatus;
import imageferry.copying.InMemoryService;
import imageferry.id.CopyId;
import imageferry.image.ImageStatus;
import imageferry.removal.DeleteImage;
import imageferry.snapshot.Faults.Call;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * A call that settles a failed copy pauses. Meanwhile another call settles it, and a retry makes an image of its parts.
 */
final class SettlingTwiceTest {
    private final InMemoryService service = new InMemoryService();
    private final CopyId failing = service.copying(service.image("golden"));
    private final AtomicBoolean paused = new AtomicBoolean();

    @Test
    void the_retrys_bytes_stay_when_the_pause_is_before_the_list_of_uploads() {
        fail();
        service.store.faults().before(Call.UPLOADS, this::meanwhile);

        settleAndFindTheRetrysImageWhole();
    }

    @Test
    void the_retrys_bytes_stay_when_the_pause_is_after_the_list_of_uploads() {
        fail();
        service.store.faults().after(Call.UPLOADS, this::meanwhile);

        settleAndFindTheRetrysImageWhole();
    }

    @Test
    void a_copy_whose_image_was_deleted_meanwhile_is_already_settled() {
        fail();
        service.store.faults().after(Call.UPLOADS, number -> {
            if (paused.compareAndSet(false, true)) {
                service.settling.settle(failing, OUTAGE);
                accepted(deletion().delete(OWNER, service.made(failing).id().value(), false));
            }
        });

        assertThat(service.settling.settle(failing, OUTAGE)).isEqualTo(CopyStatus.FAILED);
        assertThat(paused).isTrue();
    }

    private DeleteImage deletion() {
        return service.deleting();
    }

    @Test
    void a_failed_copy_without_its_upload_offers_nothing_to_a_retry() {
        fail();
        var copy = service.copies.require(failing);
        service.store.abort(copy.target(), copy.upload());

        service.settling.settle(failing, OUTAGE);

        assertThat(service.copies.require(failing).end().resumableUntil()).isNull();
    }

    private void fail() {
        var batch = service.begin(failing).getFirst();
        service.copyParts(failing, batch);
    }

    private void meanwhile(int call) {
        if (paused.compareAndSet(false, true)) {
            service.settling.settle(failing, OUTAGE);
            service.finish(retry());
        }
    }

    private CopyId retry() {
        return accepted(service.retrying().retry(OWNER, failing.value()));
    }

    private void settleAndFindTheRetrysImageWhole() {
        assertThat(service.settling.settle(failing, OUTAGE)).isEqualTo(CopyStatus.FAILED);

        assertThat(paused).isTrue();
        var retry = service.copies.require(failing).end().continuedBy();
        assertThat(retry).isNotNull();
        var made = service.made(retry);
        assertThat(made.status()).isEqualTo(ImageStatus.AVAILABLE);
        assertThat(service.store.look(made.blob())).isPresent();
    }
}
