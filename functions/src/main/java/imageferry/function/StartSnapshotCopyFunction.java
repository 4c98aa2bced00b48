package imageferry.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import imageferry.copying.transfer.StartSnapshotCopy;
import java.util.List;

/** State Start Snapshot Copy: opens the upload and returns the batches of its parts. */
public final class StartSnapshotCopyFunction implements RequestHandler<CopyTask, StartSnapshotCopyFunction.Answer> {
    private final StartSnapshotCopy startSnapshotCopy;

    public StartSnapshotCopyFunction() {
        this(App.current().forWorkflow().startSnapshotCopy());
    }

    StartSnapshotCopyFunction(StartSnapshotCopy startSnapshotCopy) {
        this.startSnapshotCopy = startSnapshotCopy;
    }

    /** @param batches empty when an earlier call had the snapshot finished already */
    public record Answer(String copyId, List<BatchTask> batches) {}

    @Override
    public Answer handleRequest(CopyTask task, Context context) {
        var batches = Workflow.answer(task.copy(), () -> startSnapshotCopy.start(task.copy()));
        return new Answer(task.copyId(), batches.stream().map(BatchTask::of).toList());
    }
}
