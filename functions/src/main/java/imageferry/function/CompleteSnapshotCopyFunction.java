package imageferry.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import imageferry.copying.transfer.CompleteSnapshotCopy;

/** State Complete Snapshot Copy: proves the parts and makes them one object. */
public final class CompleteSnapshotCopyFunction implements RequestHandler<CopyTask, CopyTask> {
    private final CompleteSnapshotCopy completeSnapshotCopy;

    public CompleteSnapshotCopyFunction() {
        this(App.current().forWorkflow().completeSnapshotCopy());
    }

    CompleteSnapshotCopyFunction(CompleteSnapshotCopy completeSnapshotCopy) {
        this.completeSnapshotCopy = completeSnapshotCopy;
    }

    @Override
    public CopyTask handleRequest(CopyTask task, Context context) {
        Workflow.answer(task.copy(), () -> completeSnapshotCopy.complete(task.copy()));
        return task;
    }
}
