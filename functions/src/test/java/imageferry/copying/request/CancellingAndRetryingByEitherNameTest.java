package imageferry.copying.request;

import static imageferry.copying.Ferry.FRIEND;
import static imageferry.copying.Ferry.OPERATOR;
import static imageferry.copying.Ferry.OWNER;
import static imageferry.copying.Ferry.STRANGER;
import static imageferry.copying.Ferry.accepted;
import static imageferry.copying.Ferry.codes;
import static imageferry.copying.Ferry.violations;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.account.Caller;
import imageferry.copying.CopyStatus;
import imageferry.copying.Ferry;
import imageferry.id.CopyId;
import imageferry.image.Images;
import imageferry.rule.Code;
import imageferry.rule.Violation;
import org.junit.jupiter.api.Test;

/** A copy is cancelled and retried by its own id, or by the id of the image that it makes, with the same result. */
class CancellingAndRetryingByEitherNameTest {
    private final Ferry ferry = new Ferry();
    private final CancelCopy cancelling = new CancelCopy(ferry.ledger, ferry.visible, ferry.copies, ferry.clock);
    private final RetryCopy retrying = ferry.retrying();

    @Test
    void a_running_copy_is_cancelled_by_its_own_id() {
        var copy = ferry.copying(ferry.image("golden"));

        assertThat(accepted(cancelling.cancelCopy(OWNER, copy.value()))).isEqualTo(copy);
        assertThat(accepted(cancelling.cancelCopy(OWNER, copy.value()))).isEqualTo(copy);

        assertThat(ferry.copies.require(copy).status()).isEqualTo(CopyStatus.CANCELLING);
        assertThat(ferry.copies.require(copy).reason().detail()).isEqualTo("Cancelled by " + OWNER.arn());
    }

    @Test
    void an_import_is_cancelled_by_its_own_id() {
        var copy = ferry.importing("golden", 1_000);

        accepted(cancelling.cancelCopy(OWNER, copy.value()));

        assertThat(ferry.copies.require(copy).status()).isEqualTo(CopyStatus.CANCELLING);
    }

    @Test
    void a_copy_that_has_ended_is_returned_unchanged() {
        var copy = ferry.copying(ferry.image("golden"));
        ferry.finish(copy);
        var image = ferry.copies.require(copy).image();

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
        var copy = ferry.copying(ferry.image("golden"), FRIEND);

        assertThat(codes(cancelling.cancelCopy(STRANGER, copy.value()))).containsExactly(Code.COPY_NOT_FOUND);
        assertThat(codes(cancelling.cancelCopy(FRIEND, copy.value()))).containsExactly(Code.COPY_NOT_FOUND);
        assertThat(codes(cancelling.cancelCopy(OPERATOR, copy.value()))).containsExactly(Code.NOT_OWNER);
        assertThat(codes(cancelling.cancelCopy(OWNER, "c-1"))).containsExactly(Code.COPY_NOT_FOUND);
        assertThat(ferry.copies.require(copy).status()).isEqualTo(CopyStatus.WAITING);
    }

    @Test
    void a_failed_copy_is_retried_by_the_image_that_it_was_to_make() {
        var copy = ferry.copying(ferry.image("golden"));
        ferry.settling.settle(copy, Ferry.OUTAGE);

        var retry = accepted(retrying.retryImage(OWNER, image(copy)));
        ferry.finish(retry);

        assertThat(ferry.copies.require(retry).request().retryOf()).isEqualTo(copy);
        assertThat(ferry.made(retry).status().usable()).isTrue();
    }

    @Test
    void violations_of_a_retry_name_the_id_in_the_request() {
        var copy = ferry.copying(ferry.image("golden"));
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
        var copy = ferry.copying(ferry.image("golden"));
        ferry.settling.settle(copy, Ferry.OUTAGE);

        for (var caller : new Caller[] {STRANGER, FRIEND, OPERATOR}) {
            assertThat(codes(retrying.retryImage(caller, image(copy)))).containsExactly(Code.IMAGE_NOT_FOUND);
        }
    }

    private String image(CopyId copy) {
        return ferry.copies.require(copy).image().value();
    }

    @Test
    void an_imported_image_has_no_copy_to_cancel() {
        var image = ferry.image("golden").id();

        assertThat(violations(cancelling.cancel(OWNER, image.value())))
                .containsExactly(Violation.of(
                        Code.IMAGE_CREATED_NOT_FROM_COPY,
                        "imageId",
                        image,
                        "Image " + image + " was imported and no copy makes it; delete it if you do not need it"));
    }

    @Test
    void a_copy_that_ended_is_not_cancelled_by_its_image() {
        var failedImport = ferry.importing("silver", 1_000);
        var finished = ferry.copying(ferry.image("golden"));
        ferry.settling.settle(failedImport, Ferry.OUTAGE);
        ferry.finish(finished);

        for (var copy : new CopyId[] {failedImport, finished}) {
            assertThat(violations(cancelling.cancel(OWNER, image(copy))))
                    .containsExactly(Violation.of(
                            Code.INCORRECT_IMAGE_STATUS,
                            "imageId",
                            image(copy),
                            "The copy " + copy + " that makes image " + image(copy) + " is "
                                    + ferry.copies.require(copy).status()
                                    + "; only a copy that still runs can be cancelled"));
        }
    }

    @Test
    void a_failed_copy_has_no_image_to_delete_instead_of_a_cancel() {
        var copy = ferry.copying(ferry.image("golden"));
        ferry.settling.settle(copy, Ferry.OUTAGE);

        assertThat(violations(cancelling.cancelCopy(OWNER, copy.value()))
                        .getFirst()
                        .detail())
                .isEqualTo("Copy " + copy + " is Failed; only a copy that still runs can be cancelled");
    }

    @Test
    void only_its_owner_cancels_by_an_image() {
        var copy = ferry.copying(ferry.image("golden"));

        for (var caller : new Caller[] {STRANGER, FRIEND, OPERATOR}) {
            assertThat(codes(cancelling.cancel(caller, image(copy)))).containsExactly(Code.IMAGE_NOT_FOUND);
        }
        assertThat(ferry.copies.require(copy).status()).isEqualTo(CopyStatus.WAITING);
    }

    @Test
    void a_recipient_of_the_image_neither_cancels_nor_retries() {
        var image = ferry.image("golden");
        accepted(ferry.sharing.share(OWNER, image.id().value(), FRIEND.account().value()));

        assertThat(codes(cancelling.cancel(FRIEND, image.id().value()))).containsExactly(Code.IMAGE_NOT_FOUND);
        assertThat(codes(retrying.retryImage(FRIEND, image.id().value()))).containsExactly(Code.IMAGE_NOT_FOUND);
    }

    @Test
    void an_image_keeps_who_ended_its_copy() {
        var cancelled = ferry.importing("golden", 1_000);
        var failed = ferry.importing("silver", 1_000);
        accepted(cancelling.cancelCopy(OWNER, cancelled.value()));

        ferry.settling.settle(cancelled, Ferry.OUTAGE);
        ferry.settling.settle(failed, Ferry.OUTAGE);

        assertThat(changedBy(cancelled)).isEqualTo(OWNER.arn());
        assertThat(changedBy(failed)).isEqualTo(Caller.WORKFLOW);
    }

    private String changedBy(CopyId copy) {
        var image = ferry.copies.require(copy).image();
        return ferry.ledger.read(Images.key(image)).orElseThrow().text("changedBy");
    }
}
