package imageferry.copying.ending;

import static imageferry.copying.InMemoryService.AWAY;
import static imageferry.copying.InMemoryService.OUTAGE;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.copying.CopyStatus;
import imageferry.copying.InMemoryService;
import imageferry.copying.request.CancelCopy;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Faults.Call;
import org.junit.jupiter.api.Test;

/** A completion in progress when the copy is cancelled finishes while the copy is being settled. */
final class SettlingWhileCompletingTest {
    private final InMemoryService service = new InMemoryService();

    @Test
    void an_object_that_was_made_of_the_upload_before_its_abort_is_removed() {
        var id = service.copying(service.image("golden"));
        var batch = service.begin(id).getFirst();
        service.copyParts(id, batch);
        var copy = service.copies.require(id);
        var parts = service.store.uploadedParts(copy.target(), copy.upload());
        new CancelCopy(service.ledger, service.visible, service.copies, service.clock)
                .cancel(InMemoryService.OWNER, copy.image().value());
        service.store
                .faults()
                .before(
                        Call.ABORT,
                        number -> service.store.complete(copy.target(), copy.upload(), parts, copy.bytesTotal()));

        assertThat(service.settling.settle(id, OUTAGE)).isEqualTo(CopyStatus.CANCELLED);

        assertThat(service.store.list(AWAY, Blob.SNAPSHOTS)).isEmpty();
        assertThat(service.store.uploads(AWAY, Blob.SNAPSHOTS)).isEmpty();
    }
}
