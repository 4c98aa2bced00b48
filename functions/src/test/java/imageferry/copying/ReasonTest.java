package imageferry.copying;

import static imageferry.copying.InMemoryService.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import imageferry.copying.request.RequestCopies;
import imageferry.copying.request.TargetRequest;
import imageferry.image.Labels;
import imageferry.rule.Code;
import imageferry.rule.Violation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reason of an end is a code and a sentence; the workflow carries both as one text. */
class ReasonTest {
    @ParameterizedTest
    @ValueSource(strings = {"SnapshotCorrupt", "OperationDenied.TicketRejected"})
    void a_reason_is_read_as_it_was_written(String code) {
        var reason = new Reason(code, "Part 7: other bytes");

        assertThat(Reason.parse(reason.toString())).isEqualTo(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ": no code", "no colon", "Two words: no code", "java.lang.Error: no code", "A:b"})
    void a_text_of_another_form_is_the_detail_of_an_internal_error(String text) {
        assertThat(Reason.parse(text)).isEqualTo(new Reason("InternalError", text));
    }

    @Test
    void a_failure_without_a_message_is_named() {
        assertThat(Reason.of(Reason.UPLOAD_GONE, new IllegalStateException("Gone"))
                        .detail())
                .isEqualTo("Gone");
        assertThat(Reason.of(Reason.UPLOAD_GONE, new IllegalStateException()).detail())
                .isEqualTo("java.lang.IllegalStateException");
    }

    @Test
    void several_violations_have_the_code_of_the_first_and_every_sentence() {
        var violations = List.of(
                Violation.of(Code.IMAGE_QUOTA, "region", "eu-west-1", "No place"),
                Violation.of(Code.INVALID_REGION, "region", "eu-west-1", "No region"));

        assertThat(Reason.of(violations)).isEqualTo(new Reason(Code.IMAGE_QUOTA.toString(), "No place. No region"));
    }

    @Test
    void a_copy_that_pends_says_who_decides_and_how_to_cancel() {
        var service = new InMemoryService();
        var target = new TargetRequest(InMemoryService.AWAY.name(), null, Labels.NONE, List.of());
        var request = new RequestCopies.Request(service.image("golden").id().value(), List.of(target), null, null);
        var nothingPasses = new Limits(0, 5, 4, 50);
        var group = InMemoryService.accepted(service.requesting(service.ledger, nothingPasses)
                .requestCopies()
                .request(InMemoryService.OWNER, request));
        var copy = service.copies.require(
                new Groups(service.ledger).find(group).orElseThrow().copies().getFirst());

        assertThat(Reason.pending(copy, OPERATOR.account()))
                .isEqualTo(new Reason(
                        "PendingApproval",
                        "A copy of 1,000 bytes needs approval. The operator, account 111111111111, approves or rejects"
                                + " ticket " + copy.workflow().ticket()
                                + "; without a decision in 30 days the copy fails. POST /images/" + copy.image()
                                + "/cancel-copy cancels it"));
    }

    @Test
    void an_ended_copy_without_a_reason_names_its_status() {
        var service = new InMemoryService();
        var copy = service.copies.require(service.copying(service.image("golden")));

        assertThat(copy.endReason()).isEqualTo(new Reason("CopyEnded", copy.id() + " is Waiting"));
        service.settling.settle(copy.id(), InMemoryService.OUTAGE);
        assertThat(service.copies.require(copy.id()).endReason()).isEqualTo(InMemoryService.OUTAGE);
    }

    @Test
    void a_word_that_names_no_status_and_no_step_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CopyStatus.of("Lost"))
                .withMessage("\"Lost\" is not a copy status");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Step.of("Lose Copy"))
                .withMessage("\"Lose Copy\" is not a step of the workflow");
    }
}
