package imageferry.copying.ending;

import static imageferry.copying.Ferry.OUTAGE;
import static imageferry.copying.Ferry.OWNER;
import static imageferry.copying.Ferry.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.copying.CopyStatus;
import imageferry.copying.Ferry;
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
    private final Ferry ferry = new Ferry();
    private final CopyId failing = ferry.copying(ferry.image("golden"));
    private final AtomicBoolean paused = new AtomicBoolean();

    @Test
    void the_retrys_bytes_stay_when_the_pause_is_before_the_list_of_uploads() {
        fail();
        ferry.store.faults().before(Call.UPLOADS, this::meanwhile);

        settleAndFindTheRetrysImageWhole();
    }

    @Test
    void the_retrys_bytes_stay_when_the_pause_is_after_the_list_of_uploads() {
        fail();
        ferry.store.faults().after(Call.UPLOADS, this::meanwhile);

        settleAndFindTheRetrysImageWhole();
    }

    @Test
    void a_copy_whose_image_was_deleted_meanwhile_is_already_settled() {
        fail();
        ferry.store.faults().after(Call.UPLOADS, number -> {
            if (paused.compareAndSet(false, true)) {
                ferry.settling.settle(failing, OUTAGE);
                accepted(deletion().delete(OWNER, ferry.made(failing).id().value(), false));
            }
        });

        assertThat(ferry.settling.settle(failing, OUTAGE)).isEqualTo(CopyStatus.FAILED);
        assertThat(paused).isTrue();
    }

    private DeleteImage deletion() {
        return new DeleteImage(
                ferry.ledger, ferry.images, ferry.shares, ferry.visible, ferry.copies, ferry.store, ferry.clock);
    }

    @Test
    void a_failed_copy_without_its_upload_offers_nothing_to_a_retry() {
        fail();
        var copy = ferry.copies.require(failing);
        ferry.store.abort(copy.target(), copy.upload());

        ferry.settling.settle(failing, OUTAGE);

        assertThat(ferry.copies.require(failing).end().resumableUntil()).isNull();
    }

    private void fail() {
        var batch = ferry.begin(failing).getFirst();
        ferry.copyParts(failing, batch);
    }

    private void meanwhile(int call) {
        if (paused.compareAndSet(false, true)) {
            ferry.settling.settle(failing, OUTAGE);
            ferry.finish(retry());
        }
    }

    private CopyId retry() {
        return accepted(ferry.retrying().retry(OWNER, failing.value()));
    }

    private void settleAndFindTheRetrysImageWhole() {
        assertThat(ferry.settling.settle(failing, OUTAGE)).isEqualTo(CopyStatus.FAILED);

        assertThat(paused).isTrue();
        var retry = ferry.copies.require(failing).end().continuedBy();
        assertThat(retry).isNotNull();
        var made = ferry.made(retry);
        assertThat(made.status()).isEqualTo(ImageStatus.AVAILABLE);
        assertThat(ferry.store.look(made.blob())).isPresent();
    }
}
