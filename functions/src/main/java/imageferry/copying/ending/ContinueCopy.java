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
                if (!isCompletedAgain(copy)) {
                    settle(copy, tally);
                } else {
                    tally.completed++;
                }
            }
            case FAILED -> settle(copy, tally);
            case RUNNING -> {
                advancing.wake(copy);
                tally.woken++;
            }
        }
    }

    private void settle(Copy copy, SweepReport.Tally tally) {
        settling.settle(
                copy.id(),
                new Reason(
                        Reason.EXECUTION_ENDED,
                        "The workflow of " + copy.id() + " ended before the copy did; retry the copy"));
        tally.settled++;
    }

    /**
     * Makes a copy available whose execution succeeded. Its record was restored from a backup of an earlier moment, so its
     * object is complete.
     *
     * @return false when its record is of another status, or its object was deleted since; settling then removes no object,
     *     unless its owner has cancelled the copy
     */
    private boolean isCompletedAgain(Copy copy) {
        new ResumeRestored(settling).resume(copy);
        return completing.prove(copy.id()).then(proven -> creating.create(copy.id()))
                instanceof StepResult.Done<CopyId>;
    }
}
