package imageferry.copying.ending;

import imageferry.copying.Copy;
import imageferry.copying.CopyStatus;
import imageferry.copying.Reason;
import imageferry.copying.StepResult;
import imageferry.copying.transfer.CompleteSnapshotCopy;
import imageferry.id.CopyId;

/** Continues a copy that an event should have continued long ago. */
public record ContinueCopy(
        AdvanceCopies advancing,
        CompleteSnapshotCopy completing,
        CreateImage creating,
        SettleCopy settling,
        ShareCopied sharing) {
    /** Shares an available image; otherwise starts, wakes, completes or settles the copy, by the state of its execution. */
    void from(Copy copy, SweepReport.Tally tally) {
        if (copy.status() == CopyStatus.AVAILABLE) {
            sharing.share(copy.id());
            tally.shared++;
            return;
        }
        switch (advancing.state(copy.id())) {
            case ABSENT -> {
                advancing.start(copy.id());
                tally.started++;
            }
            case SUCCEEDED -> {
                available(copy.id());
                tally.completed++;
            }
            case FAILED -> {
                settling.settle(
                        copy.id(),
                        new Reason(
                                Reason.EXECUTION_ENDED,
                                "The workflow of " + copy.id() + " ended before the copy did; retry the copy"));
                tally.settled++;
            }
            case RUNNING -> {
                advancing.wake(copy);
                tally.woken++;
            }
        }
    }

    /**
     * Makes a copy available whose execution succeeded. Its record was restored from a backup of an earlier moment, so its
     * bytes are complete, and nothing of it may be removed.
     */
    private void available(CopyId id) {
        var created = completing.prove(id).then(proven -> creating.create(id));
        if (!(created instanceof StepResult.Done<CopyId>)) {
            throw new IllegalStateException(
                    "The execution of " + id + " succeeded, but its record cannot become Available: " + created);
        }
    }
}
