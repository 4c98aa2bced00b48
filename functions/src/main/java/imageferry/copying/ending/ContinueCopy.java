package imageferry.copying.ending;

import imageferry.copying.Copy;
import imageferry.copying.CopyStatus;
import imageferry.copying.Reason;

/** Continues a copy that an event should have continued long ago. */
public record ContinueCopy(AdvanceCopies advancing, SettleCopy settling, ShareCopied sharing) {
    /** Shares an available image; otherwise starts, wakes or settles the execution. */
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
            case CLOSED -> {
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
}
