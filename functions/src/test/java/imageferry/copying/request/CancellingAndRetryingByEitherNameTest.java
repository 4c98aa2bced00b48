package imageferry.copying.request;

import static imageferry.copying.InMemoryService.FRIEND;
import static imageferry.copying.InMemoryService.OPERATOR;
import static imageferry.copying.InMemoryService.OWNER;
import static imageferry.copying.InMemoryService.STRANGER;
import static imageferry.copying.InMemoryService.accepted;
import static imageferry.copying.InMemoryService.codes;
import static imageferry.copying.InMemoryService.violations;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.account.Caller;
import imageferry.copying.CopyStatus;
import imageferry.copying.InMemoryService;
import imageferry.id.CopyId;
import imageferry.image.Images;
import imageferry.rule.Code;
import imageferry.rule.Violation;
import org.junit.jupiter.api.Test;

/** A copy is cancelled and retried by its own id, or by the id of the image that it makes, with the same result. */
class CancellingAndRetryingByEitherNameTest {
    private final InMemoryService service = new InMemoryService();
    private final CancelCopy cancelling =
            new CancelCopy(service.ledger, service.visible, service.copies, service.clock);
    private final RetryCopy retrying = service.retrying();

    @Test
    void a_running_copy_is_cancelled_by_its_own_id() {
        var copy = service.copying(service.image("golden"));

        assertThat(accepted(cancelling.cancelCopy(OWNER, copy.value()))).isEqualTo(copy);
        assertThat(accepted(cancelling.cancelCopy(OWNER, copy.value()))).isEqualTo(copy);

        assertThat(service.copies.require(copy).status()).isEqualTo(CopyStatus.CANCELLING);
        assertThat(service.copies.require(copy).reason().detail()).isEqualTo("Cancelled by " + OWNER.arn());
    }

    @Test
    void an_import_is_cancelled_by_its_own_id() {
        var copy = service.importing("golden", 1_000);

        accepted(cancelling.cancelCopy(OWNER, copy.value()));

        assertThat(service.copies.require(copy).status()).isEqualTo(CopyStatus.CANCELLING);
    }

    @Test
    void a_copy_that_has_ended_is_returned_unchanged() {
        var copy = service.copying(service.image("golden"));
        service.finish(copy);
        var image = service.copies.require(copy).image();

        assertThat(violations(cancelling.cancelCopy(OWNER, copy.value())))
                .containsExactly(new Violation(
                        Code.INCORRECT_COPY_STATUS,
                        "copyId",
                        copy.value(),
                        "Copy " + copy + " is Available; only a copy that still runs can be cancelled. Delete image "
                                + image + " if you do not need it"));
    }

    @Test
    void only_its_owner_cancels_a_copy_and_only_the_operator_sees_it_too() {
        var copy = service.copying(service.image("golden"), FRIEND);

        assertThat(codes(cancelling.cancelCopy(STRANGER, copy.value()))).containsExactly(Code.COPY_NOT_FOUND);
        assertThat(codes(cancelling.cancelCopy(FRIEND, copy.value()))).containsExactly(Code.COPY_NOT_FOUND);
        assertThat(codes(cancelling.cancelCopy(OPERATOR, copy.value()))).containsExactly(Code.NOT_OWNER);
        assertThat(codes(cancelling.cancelCopy(OWNER, "c-1"))).containsExactly(Code.COPY_NOT_FOUND);
        assertThat(service.copies.require(copy).status()).isEqualTo(CopyStatus.WAITING);
    }

    @Test
    void a_failed_copy_is_retried_by_the_image_that_it_was_to_make() {
        var copy = service.copying(service.image("golden"));
        service.settling.settle(copy, InMemoryService.OUTAGE);

        var retry = accepted(retrying.retryImage(OWNER, image(copy)));
        service.finish(retry);

        assertThat(service.copies.require(retry).request().retryOf()).isEqualTo(copy);
        assertThat(service.made(retry).status().usable()).isTrue();
    }

    @Test
    void violations_of_a_retry_name_the_id_in_the_request() {
        var copy = service.copying(service.image("golden"));
        var byImage = violations(retrying.retryImage(OWNER, image(copy)));
        var byCopy = violations(retrying.retry(OWNER, copy.value()));

        assertThat(byImage).extracting(Violation::field).containsExactly("imageId");
        assertThat(byImage).extracting(Violation::value).containsExactly(image(copy));
        assertThat(byCopy).extracting(Violation::field).containsExactly("copyId");
        assertThat(byImage)
                .extracting(Violation::detail)
                .isEqualTo(byCopy.stream().map(Violation::detail).toList());
        assertThat(byImage).extracting(Violation::code).containsExactly(Code.INCORRECT_COPY_STATUS);
    }

    @Test
    void only_its_owner_retries_by_an_image_id() {
        var copy = service.copying(service.image("golden"));
        service.settling.settle(copy, InMemoryService.OUTAGE);

        for (var caller : new Caller[] {STRANGER, FRIEND, OPERATOR}) {
            assertThat(codes(retrying.retryImage(caller, image(copy)))).containsExactly(Code.IMAGE_NOT_FOUND);
        }
    }

    private String image(CopyId copy) {
        return service.copies.require(copy).image().value();
    }

    @Test
    void an_imported_image_has_no_copy_to_cancel() {
        var image = service.image("golden").id();

        assertThat(violations(cancelling.cancel(OWNER, image.value())))
                .containsExactly(Violation.of(
                        Code.IMAGE_CREATED_NOT_FROM_COPY,
                        "imageId",
                        image,
                        "Image " + image + " was imported and no copy makes it; delete it if you do not need it"));
    }

    @Test
    void a_copy_that_ended_is_not_cancelled_by_its_image() {
        var failedImport = service.importing("silver", 1_000);
        var finished = service.copying(service.image("golden"));
        service.settling.settle(failedImport, InMemoryService.OUTAGE);
        service.finish(finished);

        for (var copy : new CopyId[] {failedImport, finished}) {
            assertThat(violations(cancelling.cancel(OWNER, image(copy))))
                    .containsExactly(Violation.of(
                            Code.INCORRECT_IMAGE_STATUS,
                            "imageId",
                            image(copy),
                            "The copy " + copy + " that makes image " + image(copy) + " is "
                                    + service.copies.require(copy).status()
                                    + "; only a copy that still runs can be cancelled"));
        }
    }

    @Test
    void a_failed_copy_has_no_image_to_delete_instead_of_a_cancel() {
        var copy = service.copying(service.image("golden"));
        service.settling.settle(copy, InMemoryService.OUTAGE);

        assertThat(violations(cancelling.cancelCopy(OWNER, copy.value()))
                        .getFirst()
                        .detail())
                .isEqualTo("Copy " + copy + " is Failed; only a copy that still runs can be cancelled");
    }

    @Test
    void only_its_owner_cancels_by_an_image() {
        var copy = service.copying(service.image("golden"));

        for (var caller : new Caller[] {STRANGER, FRIEND, OPERATOR}) {
            assertThat(codes(cancelling.cancel(caller, image(copy)))).containsExactly(Code.IMAGE_NOT_FOUND);
        }
        assertThat(service.copies.require(copy).status()).isEqualTo(CopyStatus.WAITING);
    }

    @Test
    void a_recipient_of_the_image_neither_cancels_nor_retries() {
        var image = service.image("golden");
        accepted(service.sharing.share(
                OWNER, image.id().value(), FRIEND.account().value()));

        assertThat(codes(cancelling.cancel(FRIEND, image.id().value()))).containsExactly(Code.IMAGE_NOT_FOUND);
        assertThat(codes(retrying.retryImage(FRIEND, image.id().value()))).containsExactly(Code.IMAGE_NOT_FOUND);
    }

    @Test
    void an_image_keeps_who_ended_its_copy() {
        var cancelled = service.importing("golden", 1_000);
        var failed = service.importing("silver", 1_000);
        accepted(cancelling.cancelCopy(OWNER, cancelled.value()));

        service.settling.settle(cancelled, InMemoryService.OUTAGE);
        service.settling.settle(failed, InMemoryService.OUTAGE);

        assertThat(changedBy(cancelled)).isEqualTo(OWNER.arn());
        assertThat(changedBy(failed)).isEqualTo(Caller.WORKFLOW);
    }

    private String changedBy(CopyId copy) {
        var image = service.copies.require(copy).image();
        return service.ledger.read(Images.key(image)).orElseThrow().text("changedBy");
    }
}
