package imageferry.copying.request;

import static imageferry.copying.InMemoryService.HOME;
import static imageferry.copying.InMemoryService.OWNER;
import static imageferry.copying.InMemoryService.STRANGER;
import static imageferry.copying.InMemoryService.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.copying.Copies;
import imageferry.copying.Copy;
import imageferry.copying.CopyStatus;
import imageferry.copying.InMemoryService;
import imageferry.copying.Limits;
import imageferry.copying.Reason;
import imageferry.copying.StepResult;
import imageferry.copying.request.ValidateCopy.Route;
import imageferry.fault.Calls;
import imageferry.fault.Plan;
import imageferry.id.CopyId;
import imageferry.image.Image;
import imageferry.image.ImageRecord;
import imageferry.image.ImageStatus;
import imageferry.image.Images;
import imageferry.ledger.Change;
import imageferry.ledger.Condition;
import imageferry.ledger.Ledger;
import imageferry.ledger.Write;
import imageferry.rule.Code;
import imageferry.snapshot.Bytes;
import imageferry.snapshot.Faults.Call;
import imageferry.snapshot.SourceChanged;
import imageferry.snapshot.StoreRefused;
import imageferry.snapshot.UnreadableObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Time passes between a request and its copy, so the first step checks the rules again and chooses what to wait for. */
class ValidatingCopiesTest {
    private static final Limits NOTHING_PASSES = new Limits(0, 5, 4, 50);
    private static final StepResult<Route> APPROVAL = new StepResult.Done<>(Route.APPROVAL);
    private static final StepResult<Route> SLOT = new StepResult.Done<>(Route.SLOT);

    private final InMemoryService service = new InMemoryService();
    private final Calls calls = new Calls();
    private final Image source = service.image("golden");
    private final CopyId copy = service.copying(source);

    private StepResult<Route> validated() {
        return validated(copy, service.limits);
    }

    private StepResult<Route> validated(CopyId id, Limits limits) {
        return service.requesting(calls.around(Ledger.class, service.ledger), limits)
                .validateCopy()
                .validate(id);
    }

    private static StepResult<Route> refused(String code, String detail) {
        return new StepResult.Refused<>(new Reason(code, detail));
    }

    private Copy now() {
        return service.copies.require(copy);
    }

    private CopyId cancelled(CopyId id) {
        return accepted(new CancelCopy(service.ledger, service.visible, service.copies, service.clock)
                .cancelCopy(OWNER, id.value()));
    }

    private void change(Change change) {
        service.ledger.commit(List.of(Write.update(Images.key(source.id()), Condition.exists(), change)));
    }

    @Test
    void a_valid_copy_waits_for_its_slot() {
        assertThat(validated()).isEqualTo(SLOT);
        assertThat(now().status()).isEqualTo(CopyStatus.WAITING);
    }

    @Test
    void a_cancelled_copy_is_stopped() {
        cancelled(copy);

        assertThat(validated()).isEqualTo(new StepResult.Stopped<>(now()));
    }

    @Test
    void a_region_that_was_disabled_since_is_refused() {
        var validating = service.requestingIn(HOME);

        assertThat(validating.validateCopy().validate(copy))
                .isEqualTo(refused(
                        Code.INVALID_REGION.toString(), "Region eu-west-1 is not enabled; choose one of us-east-1"));
    }

    @Test
    void a_source_that_can_no_longer_be_copied_is_refused() {
        var noLonger = refused(
                Code.INCORRECT_IMAGE_STATUS.toString(),
                "Source image " + source.id() + " is no longer an Available custom image of yours; copy another one");
        for (var change : List.of(
                Change.put(ImageRecord.STATUS, ImageStatus.DEPRECATED),
                Change.put(ImageRecord.PUBLICATION, Image.Publication.PUBLIC),
                Change.put(ImageRecord.OWNER, STRANGER.account()))) {
            change(change);
            assertThat(validated()).as(change.toString()).isEqualTo(noLonger);
            change(Change.put(ImageRecord.STATUS, ImageStatus.AVAILABLE));
            change(Change.put(ImageRecord.PUBLICATION, Image.Publication.PRIVATE));
            change(Change.put(ImageRecord.OWNER, OWNER.account()));
        }
        assertThat(validated()).isEqualTo(SLOT);
        service.ledger.commit(List.of(Write.delete(Images.key(source.id()))));
        assertThat(validated()).isEqualTo(noLonger);
    }

    @Test
    void a_source_that_was_overwritten_or_deleted_is_refused() {
        var changed = refused(
                Reason.SOURCE_CHANGED,
                "The source " + source.blob() + " was deleted or overwritten since the request; request it again");
        service.store.put(source.blob(), Bytes.random(7, 1_000));
        assertThat(validated()).isEqualTo(changed);

        service.store.delete(source.blob());
        assertThat(validated()).isEqualTo(changed);
    }

    @Test
    void a_source_that_the_store_does_not_show_is_refused_with_the_reason_of_the_store() {
        assertThat(refusedBy(new UnreadableObject("Locked"))).isEqualTo(refused(Reason.SOURCE_CHANGED, "Locked"));
        assertThat(refusedBy(new SourceChanged("Changed"))).isEqualTo(refused(Reason.SOURCE_CHANGED, "Changed"));
        assertThat(refusedBy(new StoreRefused("Forbidden"))).isEqualTo(refused(Reason.STORE_REFUSED, "Forbidden"));
    }

    private StepResult<Route> refusedBy(RuntimeException failure) {
        service.store.faults().before(Call.LOOK, number -> {
            throw failure;
        });
        return validated();
    }

    @Test
    void a_copy_over_a_limit_that_was_lowered_since_waits_for_approval() {
        assertThat(validated(copy, NOTHING_PASSES)).isEqualTo(APPROVAL);

        assertThat(now().status()).isEqualTo(CopyStatus.PENDING_APPROVAL);
        assertThat(now().workflow().ticket()).isNotNull();
        assertThat(validated(copy, service.limits)).as("once it pends").isEqualTo(APPROVAL);
    }

    @Test
    void an_approved_copy_needs_no_second_approval() {
        validated(copy, NOTHING_PASSES);
        var ticket = now().workflow().ticket();
        service.ledger.commit(List.of(Copies.moved(now(), CopyStatus.WAITING, Condition.always(), service.now())));

        assertThat(validated(copy, NOTHING_PASSES)).isEqualTo(SLOT);
        assertThat(now().workflow().ticket()).isEqualTo(ticket);
    }

    @Test
    void an_import_needs_no_approval() {
        var imported = service.importing("silver", 1_000);

        assertThat(validated(imported, NOTHING_PASSES)).isEqualTo(SLOT);
    }

    @Test
    void a_copy_in_the_queue_or_with_a_slot_keeps_its_place_under_a_lower_limit() {
        service.begin(copy);

        assertThat(validated(copy, NOTHING_PASSES)).isEqualTo(SLOT);
        assertThat(now().status()).isEqualTo(CopyStatus.COPYING);
    }

    @Test
    void a_copy_that_was_cancelled_before_it_could_pend_is_left_to_the_next_step() {
        calls.plan(Plan.overtakenAt("commit", () -> cancelled(copy)));

        assertThat(validated(copy, NOTHING_PASSES)).isEqualTo(SLOT);
        assertThat(now().status()).isEqualTo(CopyStatus.CANCELLING);
    }
}
