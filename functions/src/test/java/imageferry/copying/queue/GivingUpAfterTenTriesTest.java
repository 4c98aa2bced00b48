package imageferry.copying.queue;

import static imageferry.copying.Ferry.AWAY;
import static imageferry.copying.Ferry.HOME;
import static imageferry.copying.Ferry.OWNER;
import static imageferry.copying.Ferry.accepted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import imageferry.copying.Copies;
import imageferry.copying.Ferry;
import imageferry.copying.ending.CreateImage;
import imageferry.copying.request.CancelCopy;
import imageferry.copying.request.RequestCopies;
import imageferry.copying.request.TargetRequest;
import imageferry.copying.request.UploadEvent;
import imageferry.copying.transfer.CompleteSnapshotCopy;
import imageferry.image.Labels;
import imageferry.instance.Instances;
import imageferry.instance.UseImages;
import imageferry.ledger.LedgerUnavailable;
import imageferry.ledger.RefusingLedger;
import imageferry.region.Regions;
import imageferry.removal.DeleteImage;
import imageferry.sharing.ShareImages;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Bytes;
import imageferry.ticket.Tickets;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A call whose every commit loses a race ends as an outage, which its caller tries again later. */
class GivingUpAfterTenTriesTest {
    private final Ferry ferry = new Ferry();
    private final RefusingLedger refusing = new RefusingLedger(ferry.ledger);

    private void requireGivenUp(String message, ThrowingCallable call) {
        assertThatExceptionOfType(LedgerUnavailable.class).isThrownBy(call).withMessage(message);
        assertThat(refusing.commits()).isEqualTo(10);
    }

    private UseImages using() {
        return new UseImages(
                refusing,
                ferry.images,
                ferry.visible,
                new Instances(refusing),
                ferry.requests,
                ferry.regions,
                ferry.clock,
                ferry.ids);
    }

    @Test
    void copying_an_image() {
        var source = ferry.image("golden").id();
        var target = new TargetRequest(AWAY.name(), null, Labels.NONE, List.of());
        var request = new RequestCopies.Request(source.value(), List.of(target), null, null);

        requireGivenUp(
                "Image " + source + " changed during each of 10 attempts; it was not copied; nothing was begun",
                () -> ferry.requestCopies(refusing).request(OWNER, request));
    }

    @Test
    void retrying_a_copy() {
        var copy = ferry.copying(ferry.image("golden"));
        ferry.settling.settle(copy, Ferry.OUTAGE);

        requireGivenUp(
                "Copy " + copy
                        + " or its source changed during each of 10 attempts; it was not retried; nothing was begun",
                () -> ferry.retrying(refusing).retry(OWNER, copy.value()));
    }

    @Test
    void cancelling_a_copy() {
        var copy = ferry.importing("disk", 1_000);

        requireGivenUp(
                "Copy " + copy + " changed during each of 10 attempts; it was not cancelled",
                () -> new CancelCopy(refusing, ferry.visible, ferry.copies, ferry.clock)
                        .cancelCopy(OWNER, copy.value()));
    }

    @Test
    void settling_a_copy() {
        var copy = ferry.importing("disk", 1_000);

        requireGivenUp(
                "Copy " + copy + " changed during each of 10 attempts; it was not settled",
                () -> ferry.settling(refusing).settle(copy, Ferry.OUTAGE));
    }

    @Test
    void parking_a_copy_that_waits_for_a_slot() {
        var copy = ferry.importing("disk", 1_000);
        var request = new RequestSlot(refusing, ferry.copies, ferry.slots, ferry.granting, ferry.clock);

        requireGivenUp(
                "Copy " + copy + " changed during each of 10 attempts; it was not parked",
                () -> request.park(copy, "token"));
    }

    @Test
    void parking_a_copy_that_has_its_slot() {
        var copy = ferry.importing("disk", 1_000);
        ferry.begin(copy);
        var request = new RequestSlot(refusing, new Copies(refusing), ferry.slots, ferry.granting, ferry.clock);

        requireGivenUp(
                "Copy " + copy + " changed during each of 10 attempts; it was not parked",
                () -> request.park(copy, "other"));
    }

    @Test
    void parking_a_copy_until_it_is_approved() {
        var copy = ferry.importing("disk", 1_000);
        var request = new RequestApproval(refusing, ferry.copies, new Tickets(refusing), ferry.clock);

        requireGivenUp(
                "Copy " + copy + " changed during each of 10 attempts; it was not parked",
                () -> request.park(copy, "token"));
    }

    @Test
    void granting_slots_is_left_to_the_calls_that_changed_the_queue() {
        var copy = ferry.importing("disk", 1_000);
        var nobody = new GrantSlots(ferry.ledger, ferry.copies, ferry.slots, 0, ferry.clock);
        new RequestSlot(ferry.ledger, ferry.copies, ferry.slots, nobody, ferry.clock).park(copy, "token");
        var granting = new GrantSlots(refusing, ferry.copies, ferry.slots, 5, ferry.clock);

        granting.grant(HOME);

        assertThat(refusing.commits()).isEqualTo(10);
        assertThat(ferry.slots.first(HOME)).contains(copy);
    }

    @Test
    void making_the_image() {
        var copy = ferry.importing("disk", 1_000);
        ferry.begin(copy).forEach(batch -> ferry.copyParts(copy, batch));
        new CompleteSnapshotCopy(ferry.store, ferry.copies, ferry.clock).complete(copy);

        requireGivenUp(
                "Copy " + copy + " changed during each of 10 attempts; it was not completed",
                () -> new CreateImage(refusing, ferry.copies, ferry.store, ferry.granting, ferry.clock).create(copy));
    }

    @Test
    void creating_an_instance() {
        var image = ferry.image("golden").id();

        requireGivenUp(
                "Image " + image + " changed during each of 10 attempts; it was not used; no instance was created",
                () -> using().create(OWNER, image.value(), HOME.name(), null));
    }

    @Test
    void replacing_a_system_disk() {
        var image = ferry.image("golden").id();
        var instance = accepted(ferry.using().create(OWNER, image.value(), HOME.name(), null))
                .id();

        requireGivenUp(
                "Instance " + instance + " or image " + image
                        + " changed during each of 10 attempts; it was not used; no disk was replaced",
                () -> using().replaceSystemDisk(OWNER, instance.value(), image.value()));
    }

    @Test
    void deleting_an_instance() {
        var image = ferry.image("golden").id();
        var instance = accepted(ferry.using().create(OWNER, image.value(), HOME.name(), null))
                .id();

        requireGivenUp(
                "Instance " + instance + " changed during each of 10 attempts; it was not deleted",
                () -> using().delete(OWNER, instance.value()));
    }

    @Test
    void deleting_an_image() {
        var image = ferry.image("golden").id();

        requireGivenUp(
                "Image " + image + " changed during each of 10 attempts; it was not deleted",
                () -> deleting().delete(OWNER, image.value(), false));
    }

    private DeleteImage deleting() {
        return new DeleteImage(
                refusing, ferry.images, ferry.shares, ferry.visible, ferry.copies, ferry.store, ferry.clock);
    }

    @Test
    void sharing_an_image() {
        var image = ferry.image("golden");
        var sharing = new ShareImages(refusing, ferry.images, ferry.shares, ferry.visible, 50, ferry.clock);

        requireGivenUp(
                "Image " + image.id() + " changed during each of 10 attempts; it was not shared with 333333333333;"
                        + " nothing was shared",
                () -> sharing.share(OWNER, image.id().value(), "333333333333"));
    }

    @Test
    void importing_an_upload() {
        var upload = new Blob(HOME, Regions.importPrefix(OWNER.account()) + "disk");
        ferry.store.put(upload, Bytes.random(1, 1_000));
        ferry.store.tag(upload, Map.of("imageferry-name", "golden", "imageferry-format", "raw"));
        var event =
                new UploadEvent(upload, ferry.store.look(upload).orElseThrow().eTag(), 1_000, "v1");

        requireGivenUp(
                "The upload " + upload + " or its import changed during each of 10 attempts; it was not imported",
                () -> ferry.requesting(refusing).importUpload().handle(event));
    }
}
