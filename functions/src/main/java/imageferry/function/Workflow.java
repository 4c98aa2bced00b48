package imageferry.function;

import imageferry.copying.Copy;
import imageferry.copying.Reason;
import imageferry.copying.StepResult;
import imageferry.function.edge.LogLines;
import imageferry.function.error.CopyCancelled;
import imageferry.function.error.CopyRejected;
import imageferry.function.error.SnapshotCorrupt;
import imageferry.function.error.TemporarilyUnavailable;
import imageferry.id.CopyId;
import imageferry.ledger.LedgerUnavailable;
import imageferry.snapshot.StoreUnavailable;
import java.lang.System.Logger.Level;
import java.util.function.Supplier;

/**
 * The edge that all workflow handlers share: Step Functions understands answers and exceptions, nothing in between. How
 * each step ended is logged here, once, with its copy.
 */
final class Workflow {
    private static final System.Logger LOG = System.getLogger(Workflow.class.getName());

    private Workflow() {}

    /** Returns the step's value, or throws an exception with a name that the state machine handles. */
    static <T> T answer(CopyId copy, Supplier<StepResult<T>> step) {
        return switch (attempt(copy, step)) {
            case StepResult.Done<T>(T value) -> {
                log(copy, Level.INFO, "Done");
                yield value;
            }
            case StepResult.Stopped<T>(Copy stopped) -> {
                log(copy, Level.INFO, "Stopped: " + stopped.endReason());
                throw new CopyCancelled(stopped.endReason().toString());
            }
            case StepResult.Refused<T>(Reason reason) -> {
                log(copy, Level.WARNING, "Refused: " + reason);
                throw new CopyRejected(reason.toString());
            }
            case StepResult.Corrupt<T>(Reason reason) -> {
                log(copy, Level.ERROR, "Corrupt: " + reason);
                throw new SnapshotCorrupt(reason.toString());
            }
        };
    }

    /** Returns the value; for an unreachable service throws the exception that the state machine retries. */
    static <T> T attempt(CopyId copy, Supplier<T> work) {
        try {
            return LogLines.about(copy, work);
        } catch (LedgerUnavailable | StoreUnavailable e) {
            log(copy, Level.WARNING, "Comes back: " + e.getMessage());
            throw new TemporarilyUnavailable(Reason.UNAVAILABLE + ": " + e.getMessage(), e);
        }
    }

    static void log(CopyId copy, Level level, String message) {
        LogLines.about(copy, () -> {
            LOG.log(level, message);
            return copy;
        });
    }
}
