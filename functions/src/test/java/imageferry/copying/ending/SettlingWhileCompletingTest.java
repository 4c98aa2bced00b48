package imageferry.copying.ending;

import static imageferry.copying.Ferry.AWAY;
import static imageferry.copying.Ferry.OUTAGE;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.copying.CopyStatus;
import imageferry.copying.Ferry;
import imageferry.copying.request.CancelCopy;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Faults.Call;
import org.junit.jupiter.api.Test;

/** A completion in progress when the copy is cancelled finishes while the copy is being settled. */
final class SettlingWhileCompletingTest {
    private final Ferry ferry = new Ferry();

    @Test
    void an_object_that_was_made_of_the_upload_before_its_abort_is_removed() {
        var id = ferry.copying(ferry.image("golden"));
        var batch = ferry.begin(id).getFirst();
        ferry.copyParts(id, batch);
        var copy = ferry.copies.require(id);
        var parts = ferry.store.uploadedParts(copy.target(), copy.upload());
        new CancelCopy(ferry.ledger, ferry.visible, ferry.copies, ferry.clock)
                .cancel(Ferry.OWNER, copy.image().value());
        ferry.store
                .faults()
                .before(
                        Call.ABORT,
                        number -> ferry.store.complete(copy.target(), copy.upload(), parts, copy.bytesTotal()));

        assertThat(ferry.settling.settle(id, OUTAGE)).isEqualTo(CopyStatus.CANCELLED);

        assertThat(ferry.store.list(AWAY, Blob.SNAPSHOTS)).isEmpty();
        assertThat(ferry.store.uploads(AWAY, Blob.SNAPSHOTS)).isEmpty();
    }
}
