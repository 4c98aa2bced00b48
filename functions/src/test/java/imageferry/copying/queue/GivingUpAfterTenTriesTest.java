package imageferry.copying.queue;

import static imageferry.copying.InMemoryService.AWAY;
import static imageferry.copying.InMemoryService.HOME;
import static imageferry.copying.InMemoryService.OWNER;
import static imageferry.copying.InMemoryService.accepted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import imageferry.copying.Copies;
import imageferry.copying.Groups;
import imageferry.copying.InMemoryService;
import imageferry.copying.Limits;
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
    private final InMemoryService service = new InMemoryService();
    private final RefusingLedger refusing = new RefusingLedger(service.ledger);

    private void requireGivenUp(String message, ThrowingCallable call) {
        assertThatExceptionOfType(LedgerUnavailable.class).isThrownBy(call).withMessage(message);
        assertThat(refusing.commits()).isEqualTo(10);
    }

    private UseImages using() {
        return new UseImages(
                refusing,
                service.images,
                service.visible,
                new Instances(refusing),
                service.requests,
                service.regions,
                service.clock,
                service.ids);
    }

    @Test
    void copying_an_image() {
        var source = service.image("golden").id();
        var target = new TargetRequest(AWAY.name(), null, Labels.NONE, List.of());
        var request = new RequestCopies.Request(source.value(), List.of(target), null, null);

        requireGivenUp(
                "Image " + source + " changed during each of 10 attempts; it was not copied; nothing was begun",
                () -> service.requestCopies(refusing).request(OWNER, request));
    }

    @Test
    void retrying_a_copy() {
        var copy = service.copying(service.image("golden"));
        service.settling.settle(copy, InMemoryService.OUTAGE);

        requireGivenUp(
                "Copy " + copy
                        + " or its source changed during each of 10 attempts; it was not retried; nothing was begun",
                () -> service.retrying(refusing).retry(OWNER, copy.value()));
    }

    @Test
    void cancelling_a_copy() {
        var copy = service.importing("disk", 1_000);

        requireGivenUp(
                "Copy " + copy + " changed during each of 10 attempts; it was not cancelled",
                () -> new CancelCopy(refusing, service.visible, service.copies, service.clock)
                        .cancelCopy(OWNER, copy.value()));
    }

    @Test
    void settling_a_copy() {
        var copy = service.importing("disk", 1_000);

        requireGivenUp(
                "Copy " + copy + " changed during each of 10 attempts; it was not settled",
                () -> service.settling(refusing).settle(copy, InMemoryService.OUTAGE));
    }

    @Test
    void parking_a_copy_that_waits_for_a_slot() {
        var copy = service.importing("disk", 1_000);
        var request = new RequestSlot(refusing, service.copies, service.slots, service.granting, service.clock);

        requireGivenUp(
                "Copy " + copy + " changed during each of 10 attempts; it was not parked",
                () -> request.park(copy, "token"));
    }

    @Test
    void parking_a_copy_that_has_its_slot() {
        var copy = service.importing("disk", 1_000);
        service.begin(copy);
        var request = new RequestSlot(refusing, new Copies(refusing), service.slots, service.granting, service.clock);

        requireGivenUp(
                "Copy " + copy + " changed during each of 10 attempts; it was not parked",
                () -> request.park(copy, "other"));
    }

    @Test
    void parking_a_copy_until_it_is_approved() {
        var copy = service.importing("disk", 1_000);
        var request = new RequestApproval(refusing, service.copies, new Tickets(refusing), service.clock);

        requireGivenUp(
                "Copy " + copy + " changed during each of 10 attempts; it was not parked",
                () -> request.park(copy, "token"));
    }

    @Test
    void deciding_a_ticket() {
        var source = service.image("golden");
        var group = InMemoryService.accepted(service.requesting(service.ledger, new Limits(0, 5, 4, 50))
                .requestCopies()
                .request(
                        InMemoryService.OWNER,
                        new RequestCopies.Request(
                                source.id().value(),
                                List.of(new TargetRequest(AWAY.name(), null, Labels.NONE, List.of())),
                                null,
                                null)));
        var copy = new Groups(service.ledger).find(group).orElseThrow().copies().getFirst();
        var ticket = service.copies.require(copy).workflow().ticket();
        var deciding = new DecideTicket(refusing, new Tickets(refusing), service.copies, service.clock);

        requireGivenUp(
                "A copy of ticket " + ticket + " changed during each of 10 attempts; it was not decided",
                () -> deciding.approve(InMemoryService.OPERATOR, ticket.value(), null));
    }

    @Test
    void granting_slots_is_left_to_the_calls_that_changed_the_queue() {
        var copy = service.importing("disk", 1_000);
        var nobody = new GrantSlots(service.ledger, service.copies, service.slots, SlotLimits.of(0), service.clock);
        new RequestSlot(service.ledger, service.copies, service.slots, nobody, service.clock).park(copy, "token");
        var granting = new GrantSlots(refusing, service.copies, service.slots, SlotLimits.of(5), service.clock);

        granting.grant(HOME);

        assertThat(refusing.commits()).isEqualTo(10);
        assertThat(service.slots.line().first(HOME))
                .map(WaitingLine.Waiting::copy)
                .contains(copy);
    }

    @Test
    void making_the_image() {
        var copy = service.importing("disk", 1_000);
        service.begin(copy).forEach(batch -> service.copyParts(copy, batch));
        new CompleteSnapshotCopy(service.store, service.copies, service.clock).complete(copy);

        requireGivenUp(
                "Copy " + copy + " changed during each of 10 attempts; it was not completed",
                () -> new CreateImage(refusing, service.copies, service.store, service.granting, service.clock)
                        .create(copy));
    }

    @Test
    void creating_an_instance() {
        var image = service.image("golden").id();

        requireGivenUp(
                "Image " + image + " changed during each of 10 attempts; it was not used; no instance was created",
                () -> using().create(OWNER, image.value(), HOME.name(), null));
    }

    @Test
    void replacing_a_system_disk() {
        var image = service.image("golden").id();
        var instance = accepted(service.using().create(OWNER, image.value(), HOME.name(), null))
                .id();

        requireGivenUp(
                "Instance " + instance + " or image " + image
                        + " changed during each of 10 attempts; it was not used; no disk was replaced",
                () -> using().replaceSystemDisk(OWNER, instance.value(), image.value()));
    }

    @Test
    void deleting_an_instance() {
        var image = service.image("golden").id();
        var instance = accepted(service.using().create(OWNER, image.value(), HOME.name(), null))
                .id();

        requireGivenUp(
                "Instance " + instance + " changed during each of 10 attempts; it was not deleted",
                () -> using().delete(OWNER, instance.value()));
    }

    @Test
    void deleting_an_image() {
        var image = service.image("golden").id();

        requireGivenUp(
                "Image " + image + " changed during each of 10 attempts; it was not deleted",
                () -> deleting().delete(OWNER, image.value(), false));
    }

    private DeleteImage deleting() {
        return service.deleting(refusing);
    }

    @Test
    void sharing_an_image() {
        var image = service.image("golden");
        var sharing = new ShareImages(refusing, service.images, service.shares, service.visible, 50, service.clock);

        requireGivenUp(
                "Image " + image.id() + " changed during each of 10 attempts; it was not shared with 333333333333;"
                        + " nothing was shared",
                () -> sharing.share(OWNER, image.id().value(), "333333333333"));
    }

    @Test
    void importing_an_upload() {
        var upload = new Blob(HOME, Regions.importPrefix(OWNER.account()) + "disk");
        service.store.put(upload, Bytes.random(1, 1_000));
        service.store.tag(upload, Map.of("imageferry-name", "golden", "imageferry-format", "raw"));
        var event =
                new UploadEvent(upload, service.store.look(upload).orElseThrow().eTag(), 1_000, "v1");

        requireGivenUp(
                "The upload " + upload + " or its import changed during each of 10 attempts; it was not imported",
                () -> service.requesting(refusing).importUpload().handle(event));
    }
}
