package imageferry.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageferry.copying.Reason;
import imageferry.copying.StepResult;
import imageferry.function.error.CopyRejected;
import imageferry.function.error.SnapshotCorrupt;
import imageferry.function.error.TemporarilyUnavailable;
import imageferry.id.CopyId;
import imageferry.ledger.LedgerUnavailable;
import imageferry.snapshot.StoreUnavailable;
import org.junit.jupiter.api.Test;

/** Step Functions learns the end of a step from a value or from the name of an exception, and from nothing else. */
class WorkflowTest {
    private static final CopyId COPY = new CopyId("c-aaaaaaaaaaaaaaaaa");
    private static final Reason REASON = new Reason("IncorrectImageStatus", "The source is gone: copy another one");

    @Test
    void a_finished_step_returns_its_result() {
        assertThat(Workflow.answer(COPY, () -> new StepResult.Done<>(7))).isEqualTo(7);
    }

    @Test
    void a_broken_rule_rejects_the_copy_with_its_reason() {
        assertThatThrownBy(() -> Workflow.answer(COPY, () -> new StepResult.Refused<>(REASON)))
                .isInstanceOf(CopyRejected.class)
                .extracting(thrown -> Reason.parse(thrown.getMessage()))
                .isEqualTo(REASON);
    }

    @Test
    void wrong_bytes_are_a_corrupt_snapshot() {
        assertThatThrownBy(() -> Workflow.answer(COPY, () -> new StepResult.Corrupt<>(REASON)))
                .isInstanceOf(SnapshotCorrupt.class)
                .hasMessage("IncorrectImageStatus: The source is gone: copy another one");
    }

    @Test
    void an_outage_is_tried_again() {
        for (var outage : new RuntimeException[] {
            new LedgerUnavailable("busy", new RuntimeException()), new StoreUnavailable("busy")
        }) {
            assertThatThrownBy(() -> Workflow.attempt(COPY, () -> {
                        throw outage;
                    }))
                    .isInstanceOf(TemporarilyUnavailable.class)
                    .hasCause(outage);
        }
    }

    @Test
    void a_defect_is_thrown_on_and_is_not_tried_again() {
        var defect = new IllegalStateException("a defect");

        assertThatThrownBy(() -> Workflow.attempt(COPY, () -> {
                    throw defect;
                }))
                .isSameAs(defect);
    }
}
