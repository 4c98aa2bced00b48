package imageferry.function;

import imageferry.copying.Copy;
import imageferry.copying.Reason;
import imageferry.copying.StepResult;
import imageferry.function.error.CopyCancelled;
import imageferry.function.error.CopyRejected;
import imageferry.function.error.SnapshotCorrupt;
import imageferry.function.error.TemporarilyUnavailable;
import imageferry.ledger.LedgerUnavailable;
import imageferry.snapshot.StoreUnavailable;
import java.util.function.Supplier;

/** The edge that all workflow handlers share: Step Functions understands answers and exceptions, nothing in between. */
final class Workflow {
    private Workflow() {}

    /** The step's value, or the exception whose name the state machine knows. */
    static <T> T answer(Supplier<StepResult<T>> step) {
        return switch (attempt(step)) {
            case StepResult.Done<T>(T value) -> value;
            case StepResult.Stopped<T>(Copy copy) ->
                throw new CopyCancelled(ended(copy).toString());
            case StepResult.Refused<T>(Reason reason) -> throw new CopyRejected(reason.toString());
            case StepResult.Corrupt<T>(Reason reason) -> throw new SnapshotCorrupt(reason.toString());
        };
    }

    /** The value, unless a service was out of reach: then the state machine comes back. */
    static <T> T attempt(Supplier<T> work) {
        try {
            return work.get();
        } catch (LedgerUnavailable | StoreUnavailable e) {
            throw new TemporarilyUnavailable("TemporarilyUnavailable: " + e.getMessage(), e);
        }
    }

    private static Reason ended(Copy copy) {
        var reason = copy.reason();
        return reason == null ? new Reason("CopyEnded", copy.id() + " is " + copy.status()) : reason;
    }
}
